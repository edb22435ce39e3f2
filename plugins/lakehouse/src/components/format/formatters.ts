/** What stands where nothing was observed. It never stands for zero. */
export const NOT_OBSERVED = '–';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1,042`; a dash when it was not observed. */
export function formatCount(count: number | undefined): string {
  return count === undefined ? NOT_OBSERVED : counts.format(count);
}

/** Binary units with three figures: `1.95 GiB`. */
export function formatBytes(sizeBytes: number | undefined): string {
  if (sizeBytes === undefined) return NOT_OBSERVED;
  let value = sizeBytes;
  let unit = 0;
  while (Math.abs(value) >= 1023.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const text =
    unit === 0 || value >= 99.95
      ? value.toFixed(0)
      : trimZeros(value.toPrecision(3));
  return `${text} ${BYTE_UNITS[unit]}`;
}

/** `820 ms`, `12.4 s`, `3 m 05 s`, `1 h 20 m`, `3 d 4 h`. */
export function formatDuration(durationMs: number | undefined): string {
  if (durationMs === undefined) return NOT_OBSERVED;
  const ms = Math.max(0, durationMs);
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < MINUTE_MS - 50) return `${(ms / SECOND_MS).toFixed(1)} s`;
  if (ms < HOUR_MS) {
    const seconds = Math.round(ms / SECOND_MS);
    return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  }
  if (ms < DAY_MS) {
    const minutes = Math.round(ms / MINUTE_MS);
    return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
  }
  const hours = Math.round(ms / HOUR_MS);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `12 %`, `0.4 %`, `<0.1 %`, `2,655 %`: a share above zero never reads as zero. */
export function formatShare(share: number | undefined): string {
  if (share === undefined) return NOT_OBSERVED;
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  if (percent > 99 && percent < 100) return `${floorTo1(percent)} %`;
  return percent >= 10 || percent === 0
    ? `${counts.format(percent)} %`
    : `${trimZeros(percent.toFixed(1))} %`;
}

/** `1 table`, `2 tables`. */
export function formatNumberOf(
  count: number,
  one: string,
  many: string = `${one}s`,
): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `1,204/s`, `3.2/s`, `<0.1/s`: a rate above zero never reads as zero. */
export function formatRate(perSecond: number | undefined): string {
  if (perSecond === undefined) return NOT_OBSERVED;
  if (perSecond > 0 && perSecond < 0.1) return '<0.1/s';
  return perSecond >= 10 || perSecond === 0
    ? `${counts.format(perSecond)}/s`
    : `${trimZeros(perSecond.toFixed(1))}/s`;
}

/** `84 µs`, `1.24 ms`, `41.2 ms`. */
export function formatMicros(durationUs: number | undefined): string {
  if (durationUs === undefined) return NOT_OBSERVED;
  if (durationUs < 1_000) return `${Math.round(durationUs)} µs`;
  return durationUs < SECOND_MS * 1_000
    ? `${trimZeros((durationUs / 1_000).toPrecision(3))} ms`
    : formatDuration(durationUs / 1_000);
}

/** How long ago in the one unit that matters: `12 s`, `7 min`, `3 h`, `12 d`. */
export function formatAge(ageMs: number): string {
  const ms = Math.max(0, ageMs);
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  return `${counts.format(Math.floor(ms / DAY_MS))} d`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function floorTo1(value: number): number {
  return Math.floor(value * 10) / 10;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
