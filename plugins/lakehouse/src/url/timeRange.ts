/** Spans that end now, by their name in the URL. */
export const TIME_RANGES = {
  '15m': { label: 'last 15 min', ms: 900_000 },
  '1h': { label: 'last 1 h', ms: 3_600_000 },
  '6h': { label: 'last 6 h', ms: 21_600_000 },
  '24h': { label: 'last 24 h', ms: 86_400_000 },
  '7d': { label: 'last 7 d', ms: 604_800_000 },
} as const;

export type TimeRangeName = keyof typeof TIME_RANGES;

export const DEFAULT_TIME_RANGE: TimeRangeName = '1h';

/** A span of time to look at: one that ends now, or a fixed one. */
export type TimeRange =
  | { readonly kind: 'recent'; readonly name: TimeRangeName }
  | { readonly kind: 'fixed'; readonly from: string; readonly to: string };

/** What summaries are about. */
export const LAST_HOUR: TimeRange = { kind: 'recent', name: '1h' };

/** Reads `range`, or `from` and `to`, from search parameters. */
export function readTimeRange(params: URLSearchParams): TimeRange {
  const fromMs = Date.parse(params.get('from') ?? '');
  const toMs = Date.parse(params.get('to') ?? '');
  if (fromMs < toMs) {
    return {
      kind: 'fixed',
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    };
  }
  const name = params.get('range');
  return {
    kind: 'recent',
    name: isTimeRangeName(name) ? name : DEFAULT_TIME_RANGE,
  };
}

/** Whether this names a span that ends now. */
export function isTimeRangeName(name: string | null): name is TimeRangeName {
  return name !== null && Object.hasOwn(TIME_RANGES, name);
}

/** The search parameters of a time range. */
export function timeRangePatch(range: TimeRange) {
  return range.kind === 'recent'
    ? {
        range: range.name === DEFAULT_TIME_RANGE ? undefined : range.name,
        from: undefined,
        to: undefined,
      }
    : { range: undefined, from: range.from, to: range.to };
}

/** The times that a range means now. */
export function resolveTimeRange(
  range: TimeRange,
  now: Date = new Date(),
): { from: string; to: string } {
  if (range.kind === 'fixed') return { from: range.from, to: range.to };
  return {
    from: new Date(now.getTime() - TIME_RANGES[range.name].ms).toISOString(),
    to: now.toISOString(),
  };
}

/** Tells one range from another. */
export function timeRangeKey(range: TimeRange): string {
  return range.kind === 'recent' ? range.name : `${range.from}/${range.to}`;
}

/** For sentences: "in the last 1 h", "in the chosen time". */
export function timeRangePhrase(range: TimeRange): string {
  return range.kind === 'recent'
    ? `in the ${TIME_RANGES[range.name].label}`
    : 'in the chosen time';
}

/** The span of a range on an axis, in epoch ms, as of when the data was loaded. */
export function timeSpanOf(
  range: TimeRange,
  loadedAt: Date = new Date(),
): { fromMs: number; toMs: number } {
  const { from, to } = resolveTimeRange(range, loadedAt);
  return { fromMs: Date.parse(from), toMs: Date.parse(to) };
}
