import type { MetricPoint } from '../PrometheusConnection';

/** Times beyond these are no times. Source: ECMA-262, "Time Values". */
const MAX_TIME_MS = 8.64e15;
const SPECIAL = { NaN: 'NaN', '+Inf': '+Inf', '-Inf': '-Inf' } as const;

/** Reads `[seconds, "value"]`; undefined when it is neither a number nor one of Prometheus' words. */
export function toPoint([seconds, text]: readonly [number, string]):
  | MetricPoint
  | undefined {
  const ms = Math.round(seconds * 1000);
  if (!(Math.abs(ms) <= MAX_TIME_MS)) return undefined;
  const at = new Date(ms).toISOString();
  const special = Object.entries(SPECIAL).find(([word]) => word === text);
  if (special) return { at, special: special[1] };
  const value = toNumber(text);
  return value === undefined ? undefined : { at, value };
}

/** A finite number, as Prometheus writes it: `1e+00`. */
export function toNumber(text: string): number | undefined {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
