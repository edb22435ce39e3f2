import { InputError } from '@backstage/errors';

/** Relative error of a quantile, at most. */
const ERROR = 0.01;
const GAMMA = (1 + ERROR) / (1 - ERROR);
const LN_GAMMA = Math.log1p((2 * ERROR) / (1 - ERROR));

/** Bin of 0 ms, and of anything below a nanosecond. @public */
export const ZERO_LATENCY_BIN = -32_768;
const SMALLEST_MS = 1e-6;

/** How many values are in a bin. @public */
export interface LatencyBin {
  readonly bin: number;
  readonly count: number;
}

/**
 * Bin of a latency: ⌈ln ms / ln γ⌉ with γ = 1.01/0.99. Bin i holds
 * (γ^(i−1), γ^i]; sketches merge by adding counts bin by bin. Undefined for what
 * is no latency: NaN, infinite or below 0.
 *
 * Source: DDSketch (Masson, Rim, Lee; VLDB 2019), logarithmic mapping, α = 0.01.
 *
 * @public
 */
export function latencyBin(ms: number): number | undefined {
  if (!Number.isFinite(ms) || ms < 0) {
    return undefined;
  }
  return ms < SMALLEST_MS
    ? ZERO_LATENCY_BIN
    : Math.ceil(Math.log(ms) / LN_GAMMA);
}

/** The value that stands for a bin, in ms: 2γ^i / (1 + γ), at most 1 % off any value in it. @public */
export function binValueMs(bin: number): number {
  return bin === ZERO_LATENCY_BIN
    ? 0
    : (2 * Math.exp(bin * LN_GAMMA)) / (1 + GAMMA);
}

/**
 * Quantile of counted latencies in ms, within 1 % of the value of rank
 * ⌊q·(n − 1)⌋ (from 0). Undefined when nothing was counted.
 *
 * Source: DDSketch, algorithm 2.
 *
 * @throws InputError when q is not from 0 to 1.
 * @public
 */
export function quantileOfBins(
  bins: readonly LatencyBin[],
  q: number,
): number | undefined {
  if (!(q >= 0 && q <= 1)) {
    throw new InputError(`${q} is no quantile; give 0 to 1, such as 0.95`);
  }
  const sorted = countedBins(bins);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  if (total <= 0) {
    return undefined;
  }
  const rank = q * (total - 1);
  let seen = 0;
  for (const { bin, count } of sorted) {
    seen += count;
    if (seen > rank) {
      return binValueMs(bin);
    }
  }
  return binValueMs(sorted[sorted.length - 1].bin);
}

/** Share of latencies within a threshold. @public */
export interface GoodShare {
  /** Best guess: the bin that the threshold falls into is shared out evenly. */
  readonly share: number;
  /** It is surely between these. */
  readonly low: number;
  readonly high: number;
  readonly total: number;
}

/**
 * Share of counted latencies at or below a threshold. Exact but for the one bin
 * that the threshold falls into. Undefined when nothing was counted.
 *
 * @throws InputError when the threshold is no latency.
 * @public
 */
export function goodShareOfBins(
  bins: readonly LatencyBin[],
  thresholdMs: number,
): GoodShare | undefined {
  const cut = latencyBin(thresholdMs);
  if (cut === undefined) {
    throw new InputError(
      `${thresholdMs} ms is no latency to compare with; give 0 or more`,
    );
  }
  let total = 0;
  let below = 0;
  let within = 0;
  for (const { bin, count } of countedBins(bins)) {
    total += count;
    if (bin < cut) {
      below += count;
    } else if (bin === cut) {
      within += count;
    }
  }
  if (total <= 0) {
    return undefined;
  }
  const upper = Math.exp(cut * LN_GAMMA);
  const lower = upper / GAMMA;
  const part =
    cut === ZERO_LATENCY_BIN
      ? 1
      : Math.min(1, Math.max(0, (thresholdMs - lower) / (upper - lower)));
  return {
    share: (below + part * within) / total,
    low: (below + (part === 1 ? within : 0)) / total,
    high: (below + within) / total,
    total,
  };
}

function countedBins(bins: readonly LatencyBin[]): LatencyBin[] {
  return bins
    .filter(({ count }) => Number.isFinite(count) && count > 0)
    .sort((a, b) => a.bin - b.bin);
}
