import type {
  SloObjectiveView,
  SloSums,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** What an evaluation counted of one part of an objective over its window. */
export interface WindowCount {
  readonly sums: SloSums;
  readonly observedMinutes: number;
  /** Epoch ms of the first minute that is counted of the series. */
  readonly countedFromMs?: number;
  /** Absent until it was read; without figures where there is no latency to tell of. */
  readonly latency?: { readonly told?: SloObjectiveView['latencyMs'] };
}

/** By what was asked: see {@link countKey}. */
export type WindowCounts = Readonly<Record<string, WindowCount>>;
