import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';

/** What a table's score is made from. What was not observed is absent. */
export type PartFacts = Pick<
  TableHealth,
  | 'totals'
  | 'files'
  | 'snapshots'
  | 'manifests'
  | 'metadataFiles'
  | 'statistics'
  | 'compaction'
> & {
  /** Rows that delete files take away, where it is known. */
  readonly deletedRows?: number;
};

/** A part without its weight. */
export interface ScoredPart {
  /** Absent when it was not observed. */
  readonly score?: number;
  readonly explanation: string;
}

/** 100 at the good end, 0 at the bad end and beyond, a straight line between. */
export function slope(value: number, good: number, worst: number): number {
  if (value <= good) return 100;
  if (value >= worst) return 0;
  return (100 * (worst - value)) / (worst - good);
}

/** Like {@link slope}, on a logarithmic scale. */
export function logSlope(value: number, good: number, worst: number): number {
  return value <= good
    ? 100
    : slope(Math.log(value), Math.log(good), Math.log(worst));
}

/** `1 file`, `2 files`. */
export function count(value: number, noun: string): string {
  return `${value.toLocaleString('en-US')} ${noun}${value === 1 ? '' : 's'}`;
}

/** A share in percent, never rounded to 0 or 100 when it is neither. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 1) return 'under 1 %';
  if (value > 99 && value < 100) return 'over 99 %';
  return `${Math.round(value)} %`;
}
