import {
  sloWindowAt,
  type MsSpan,
  type SloWindow,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** The range asked for: up to now, and from the beginning of the budget's window, unless told. */
export function rangeOrWindow(
  window: SloWindow,
  asked: { from?: string; to?: string },
  nowMs: number,
): MsSpan {
  const toMs = Math.min(nowMs, asked.to ? Date.parse(asked.to) : nowMs);
  const fromMs = asked.from
    ? Date.parse(asked.from)
    : sloWindowAt(window, toMs).fromMs;
  // Of the future nothing is known: an empty range at its end.
  return { fromMs: Math.min(fromMs, toMs), toMs };
}
