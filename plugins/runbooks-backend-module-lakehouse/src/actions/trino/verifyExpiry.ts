import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';

/** Compares how many snapshots there were and are. */
export function verifyExpiry(facts: {
  before: number | undefined;
  after: number;
  /** Those that are still older than the cutoff. */
  left: number;
  /** How many were older before. */
  expiring: number | undefined;
}): Verification {
  const { before, after, left, expiring } = facts;
  const metrics: Verification['metrics'] = [
    { label: 'Snapshots', unit: 'count', before, after, better: 'lower' },
    {
      label: 'Snapshots that are too old',
      unit: 'count',
      before: expiring,
      after: left,
      better: 'lower',
    },
  ];
  if (left === 0) {
    return {
      outcome: 'verified',
      summary: expiring
        ? `${expiring} snapshots expired; none that is left is too old.`
        : `There was nothing to expire: ${after} snapshots.`,
      metrics,
    };
  }
  const kept = `${left} that are older are kept, by the table's own settings (history.expire.min-snapshots-to-keep) or by a branch`;
  return expiring !== undefined && left < expiring
    ? {
        outcome: 'verified',
        summary: `${expiring - left} snapshots expired; ${kept}.`,
        metrics,
      }
    : {
        outcome: 'not-verified',
        summary: `Trino finished, and forgot no snapshot: ${kept}.`,
        metrics,
      };
}
