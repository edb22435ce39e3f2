import { formatAxisTime } from '../format';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS_MS = [
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
  14 * DAY_MS,
  30 * DAY_MS,
];
/** Room that one label needs. */
const LABEL_WIDTH = 84;

/** A span of time on an axis, in epoch ms. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Ticks at round times of the viewer's zone, as many as there is room for. */
export function timeTicks(span: TimeSpan, width: number): number[] {
  const room = Math.max(2, Math.floor(width / LABEL_WIDTH));
  const length = span.toMs - span.fromMs;
  const step =
    STEPS_MS.find(candidate => length / candidate <= room) ??
    Math.ceil(length / room / DAY_MS) * DAY_MS;
  const zoneMs = new Date(span.fromMs).getTimezoneOffset() * MINUTE_MS;
  const first = Math.ceil((span.fromMs - zoneMs) / step) * step + zoneMs;
  const ticks: number[] = [];
  for (let tick = first; tick <= span.toMs; tick += step) ticks.push(tick);
  return ticks;
}

/** What all time axes share. */
export function timeAxisProps(
  span: TimeSpan,
  width: number,
  colors: { text: string; muted: string },
) {
  return {
    dataKey: 'timeMs',
    type: 'number' as const,
    scale: 'time' as const,
    domain: [span.fromMs, span.toMs],
    allowDataOverflow: true,
    ticks: timeTicks(span, width),
    tickFormatter: (timeMs: number) =>
      formatAxisTime(timeMs, span.toMs - span.fromMs),
    tick: { fontSize: 11, fill: colors.text },
    tickLine: false,
    axisLine: { stroke: colors.muted },
    minTickGap: 8,
  };
}

/** What all value axes share. */
export function valueAxisProps(colors: { text: string }) {
  return {
    width: 62,
    tick: { fontSize: 11, fill: colors.text },
    tickLine: false,
    axisLine: false,
  };
}

/** Room round all plots, so that charts under each other line up. */
export const PLOT_MARGIN = { top: 6, right: 8, bottom: 0, left: 0 } as const;
