import { type Expression } from './ast';
import { commonType } from './commonType';
import { type Compiled } from './Compiled';
import { type ExpressionContext } from './ExpressionContext';
import { formatType } from './formatType';
import { type SqlType, UNKNOWN } from './SqlType';
import { type SourceLocation, TrinoError } from './TrinoError';

/** What the parts of the compiler need to go on into subexpressions. */
export interface CompileTools {
  context: ExpressionContext;
  compile(expression: Expression): Compiled;
  compileCondition(expression: Expression, clause: string): Compiled;
}

/** The type that all of some values can be read as. */
export function unifyTypes(
  values: Compiled[],
  location: SourceLocation,
): SqlType {
  return values.reduce<SqlType>((type, value) => {
    const common = commonType(type, value.type);
    if (!common) {
      throw new TrinoError({
        name: 'TYPE_MISMATCH',
        message: `All results must be the same type or coercible to a common type. Cannot find common type between ${formatType(
          type,
        )} and ${formatType(value.type)}`,
        location,
      });
    }
    return common;
  }, UNKNOWN);
}
