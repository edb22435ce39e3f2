const NANOSECONDS: [string, number] = ['ns', 0.000001];
const DURATION_UNITS: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
  ['us', 0.001],
];

/** Airlift's Duration: the biggest unit in which it is at least one. */
export function formatDuration(millis: number): string {
  const [unit, size] =
    DURATION_UNITS.find(([, millisPerUnit]) => millis >= millisPerUnit) ??
    NANOSECONDS;
  return `${(millis / size).toFixed(2)}${unit}`;
}

/** Airlift's DataSize in bytes, as /v1/query writes it. */
export function formatBytes(bytes: number): string {
  return `${Math.round(bytes)}B`;
}

const PARSED_DURATION: Record<string, number> = {
  ns: 0.000001,
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of a Duration such as `7d` or `1.5h`. */
export function parseDuration(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/.exec(text);
  return match && Object.hasOwn(PARSED_DURATION, match[2])
    ? Number(match[1]) * PARSED_DURATION[match[2]]
    : undefined;
}

const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes of a DataSize such as `128MB`; units are powers of 1024. */
export function parseDataSize(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*$/.exec(text);
  const power = match ? SIZE_UNITS.indexOf(match[2]) : -1;
  return match && power >= 0 ? Number(match[1]) * 1024 ** power : undefined;
}
