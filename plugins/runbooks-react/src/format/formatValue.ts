import type { VerificationMetric } from '@lakehouse-ops/plugin-runbooks-common';

const BINARY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const STEP = 1024;

function formatBytes(bytes: number): string {
  let value = bytes;
  let index = 0;
  while (Math.abs(value) >= STEP && index < BINARY_UNITS.length - 1) {
    value /= STEP;
    index += 1;
  }
  const digits = index === 0 || Math.abs(value) >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${BINARY_UNITS[index]}`;
}

function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) {
    return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(
      2,
      '0',
    )} s`;
  }
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(
    2,
    '0',
  )} m`;
}

/** A value as a number, if it is one. 64-bit numbers arrive as strings. */
export function numericValue(
  value: string | number | undefined,
): number | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : undefined;
  }
  if (value === undefined || value.trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/**
 * A figure with its unit, for reading; `–` when there is none. Sizes are in
 * binary units, durations are given in milliseconds.
 *
 * @public
 */
export function formatValue(
  value: string | number | undefined,
  unit: VerificationMetric['unit'],
): string {
  if (value === undefined) return '–';
  const number = unit === 'text' ? undefined : numericValue(value);
  if (number === undefined) return String(value);
  switch (unit) {
    case 'bytes':
      return formatBytes(number);
    case 'ms':
      return formatDuration(number);
    case 'percent':
      return `${number.toLocaleString('en', { maximumFractionDigits: 1 })} %`;
    default:
      return number.toLocaleString('en', { maximumFractionDigits: 1 });
  }
}
