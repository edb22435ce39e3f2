import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';

/**
 * Compares what was known of columns before and after statistics were collected.
 *
 * @param facts - `rewritten`: whether there is a newer metadata file; absent where that can't be told
 */
export function verifyStatistics(facts: {
  before: number | undefined;
  after: number;
  of: number;
  rewritten: boolean | undefined;
}): Verification {
  const { before, after, of, rewritten } = facts;
  const metrics = [
    {
      label: 'Columns with known distinct values',
      unit: 'count' as const,
      before,
      after,
      better: 'higher' as const,
    },
  ];
  if (rewritten === false) {
    return {
      outcome: 'not-verified',
      summary: 'Trino ended ANALYZE, but wrote no new statistics.',
      metrics,
    };
  }
  if (after === 0 && of > 0) {
    return {
      outcome: 'inconclusive',
      summary: `Trino ended ANALYZE, but knows the distinct values of none of ${of} columns.`,
      metrics,
    };
  }
  return {
    outcome: 'verified',
    summary: `Fresh statistics are written; the distinct values of ${after} of ${of} columns are known${
      before === undefined ? '' : ` (before: ${before})`
    }.`,
    metrics,
  };
}
