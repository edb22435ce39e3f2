import { type Argument } from '../sql/ast';
import { type SqlValue } from '../sql/SqlValue';
import { TrinoError } from '../sql/TrinoError';
import { type StatementContext } from './StatementContext';

/**
 * Puts the arguments of a CALL in the procedure's order, by name or position.
 * Argument names are upper case in messages, as Trino prints them.
 */
export function procedureArguments(
  args: Argument[],
  parameters: { name: string; required: boolean }[],
  context: StatementContext,
): SqlValue[] {
  const location = { line: 1, column: 1 };
  const values: SqlValue[] = parameters.map(() => undefined);
  const given = new Set<number>();
  args.forEach((argument, position) => {
    const index =
      argument.name === undefined
        ? position
        : parameters.findIndex(p => p.name === argument.name);
    if (index < 0 || index >= parameters.length) {
      throw new TrinoError({
        name: 'INVALID_ARGUMENTS',
        message:
          argument.name === undefined
            ? 'Too many arguments for procedure'
            : `Unknown argument name: ${argument.name.toUpperCase()}`,
        location,
      });
    }
    values[index] = context.constant(argument.value);
    given.add(index);
  });
  parameters.forEach(({ name, required }, i) => {
    if (required && !given.has(i)) {
      throw new TrinoError({
        name: 'INVALID_ARGUMENTS',
        message: `Required procedure argument '${name.toUpperCase()}' is missing`,
        location,
      });
    }
  });
  return values;
}
