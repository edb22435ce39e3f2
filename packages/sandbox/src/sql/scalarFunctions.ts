import { coerce, type Compiled } from './Compiled';
import { containerFunctions } from './containerFunctions';
import { dateFunctions } from './dateFunctions';
import {
  arrayOf,
  BIGINT,
  BOOLEAN,
  DOUBLE,
  isInteger,
  isNumeric,
  isText,
  VARCHAR,
} from './SqlType';
import { type SqlValue } from './SqlValue';
import { type ScalarFunction, strict } from './strictFunction';

function text(apply: (...words: string[]) => SqlValue, type = VARCHAR) {
  return (args: Compiled[]) =>
    args.length > 0 && args.every(arg => isText(arg.type))
      ? strict(type, args, (...values) => apply(...values.map(String)))
      : undefined;
}

/** Text in, text of the same declared type out. */
function shaped(apply: (word: string) => string): ScalarFunction {
  return args => text(apply, args[0]?.type)(args);
}

function rounding(apply: (value: number, digits: number) => number) {
  return (args: Compiled[]) => {
    const [value, digits] = args;
    if (!value || !isNumeric(value.type)) {
      return undefined;
    }
    if (isInteger(value.type)) {
      return value;
    }
    const numbers = [coerce(value, DOUBLE), ...(digits ? [digits] : [])];
    const rounded = strict(DOUBLE, numbers, (x, d) =>
      apply(Number(x), Number(d ?? 0)),
    );
    return value.type.kind === 'decimal'
      ? coerce(rounded, value.type)
      : rounded;
  };
}

function numeric(apply: (...values: number[]) => number): ScalarFunction {
  return args =>
    args.every(arg => isNumeric(arg.type))
      ? strict(
          DOUBLE,
          args.map(arg => coerce(arg, DOUBLE)),
          (...values) => apply(...values.map(Number)),
        )
      : undefined;
}

/** Scalar functions by name; those that need the session are elsewhere. */
export const scalarFunctions: Record<string, ScalarFunction> = {
  lower: shaped(a => a.toLowerCase()),
  upper: shaped(a => a.toUpperCase()),
  trim: shaped(a => a.trim()),
  length: text(a => BigInt([...a].length), BIGINT),
  concat: text((...words) => words.join('')),
  replace: text((a, b, c = '') => a.replaceAll(b, c)),
  starts_with: text((a, b) => a.startsWith(b), BOOLEAN),
  strpos: text((a, b) => BigInt(a.indexOf(b) + 1), BIGINT),
  regexp_like: text((a, b) => new RegExp(b, 'u').test(a), BOOLEAN),
  regexp_extract: args =>
    args.length >= 2 && isText(args[0].type)
      ? strict(
          VARCHAR,
          args,
          (word, pattern, group) =>
            new RegExp(String(pattern), 'u').exec(String(word))?.[
              Number(group ?? 0)
            ],
        )
      : undefined,
  reverse: shaped(a => [...a].reverse().join('')),
  substr: args =>
    isText(args[0]?.type ?? BIGINT)
      ? strict(args[0].type, args, (word, from, size) =>
          [...String(word)]
            .slice(Number(from) - 1)
            .slice(0, size === undefined ? undefined : Number(size))
            .join(''),
        )
      : undefined,
  split_part: args =>
    args.length === 3
      ? strict(
          args[0].type,
          args,
          (word, by, at) => String(word).split(String(by))[Number(at) - 1],
        )
      : undefined,
  split: args =>
    args.length === 2
      ? strict(arrayOf(VARCHAR), args, (word, by) => ({
          kind: 'array',
          items: String(word).split(String(by)),
        }))
      : undefined,
  abs: args =>
    args[0] && isNumeric(args[0].type)
      ? strict(args[0].type, args, value => {
          if (typeof value === 'bigint') {
            return value < 0n ? -value : value;
          }
          if (typeof value === 'object' && value.kind === 'decimal') {
            const { unscaled } = value;
            return { ...value, unscaled: unscaled < 0n ? -unscaled : unscaled };
          }
          return Math.abs(Number(value));
        })
      : undefined,
  round: rounding((x, d) => Number(`${Math.round(Number(`${x}e${d}`))}e-${d}`)),
  floor: rounding(Math.floor),
  ceil: rounding(Math.ceil),
  ceiling: rounding(Math.ceil),
  sqrt: numeric(Math.sqrt),
  power: numeric(Math.pow),
  pow: numeric(Math.pow),
  ln: numeric(Math.log),
  nan: numeric(() => NaN),
  infinity: numeric(() => Infinity),
  ...containerFunctions,
  ...dateFunctions,
};
