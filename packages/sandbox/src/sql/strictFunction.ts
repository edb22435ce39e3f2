import { type Compiled } from './Compiled';
import { type SqlType } from './SqlType';
import { type SqlValue } from './SqlValue';

/** Binds a function to its arguments; undefined when they don't fit it. */
export type ScalarFunction = (args: Compiled[]) => Compiled | undefined;

/** A function whose result is NULL as soon as one argument is. */
export function strict(
  type: SqlType,
  args: Compiled[],
  apply: (...values: SqlValue[]) => SqlValue,
): Compiled {
  return {
    type,
    evaluate(row) {
      const values = args.map(arg => arg.evaluate(row));
      return values.includes(undefined) ? undefined : apply(...values);
    },
  };
}
