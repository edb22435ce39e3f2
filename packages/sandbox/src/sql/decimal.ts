import { type DecimalValue } from './SqlValue';

/** Divides with rounding half away from zero, as SQL decimals do. */
export function divideRounded(value: bigint, by: bigint): bigint {
  const negative = value < 0n !== by < 0n;
  const size = value < 0n ? -value : value;
  const divisor = by < 0n ? -by : by;
  const rounded = (size * 2n + divisor) / (divisor * 2n);
  return negative ? -rounded : rounded;
}

export function rescale(value: DecimalValue, scale: number): DecimalValue {
  const shift = scale - value.scale;
  const unscaled =
    shift >= 0
      ? value.unscaled * 10n ** BigInt(shift)
      : divideRounded(value.unscaled, 10n ** BigInt(-shift));
  return { kind: 'decimal', unscaled, scale };
}

export function formatDecimal(value: DecimalValue): string {
  const negative = value.unscaled < 0n;
  const digits = String(negative ? -value.unscaled : value.unscaled).padStart(
    value.scale + 1,
    '0',
  );
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale);
  return `${negative ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

export function parseDecimal(text: string): DecimalValue | undefined {
  const match = /^\s*([-+]?)(\d*)(?:\.(\d*))?\s*$/.exec(text);
  if (!match || (!match[2] && !match[3])) {
    return undefined;
  }
  const fraction = match[3] ?? '';
  const size = BigInt(`${match[2] || '0'}${fraction}`);
  return {
    kind: 'decimal',
    unscaled: match[1] === '-' ? -size : size,
    scale: fraction.length,
  };
}

export function decimalToNumber(value: DecimalValue): number {
  return Number(formatDecimal(value));
}
