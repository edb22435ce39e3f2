import { durationToMilliseconds } from '@backstage/types';
import { z } from 'zod';

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const SHORT = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/;

const error =
  'This is no length of time. Write one such as 30s, 5m, 1h, 2d, or { minutes: 5 }.';

const amount = z.number({ error }).min(0, { error }).optional();

/** A time such as `30s`, `5m`, `1h`, `2d`, or `{ minutes: 5 }`, as milliseconds. */
export function durationSchema(bounds: { min: number; max: number }) {
  return z
    .union(
      [
        z.string().regex(SHORT, { error }),
        z.strictObject(
          {
            days: amount,
            hours: amount,
            minutes: amount,
            seconds: amount,
            milliseconds: amount,
          },
          { error },
        ),
      ],
      { error },
    )
    .transform(value => {
      if (typeof value !== 'string') return durationToMilliseconds(value);
      const [, number, unit] = SHORT.exec(value) ?? [];
      return Number(number) * UNITS_MS[unit];
    })
    .refine(ms => ms >= bounds.min && ms <= bounds.max, {
      error: `This has to be from ${say(bounds.min)} to ${say(bounds.max)}.`,
    });
}

function say(ms: number): string {
  const unit = ['d', 'h', 'm', 's'].find(
    name => ms >= UNITS_MS[name] && ms % UNITS_MS[name] === 0,
  );
  return unit ? `${ms / UNITS_MS[unit]}${unit}` : `${ms}ms`;
}
