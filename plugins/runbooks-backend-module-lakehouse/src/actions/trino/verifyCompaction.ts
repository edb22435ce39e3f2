import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import type { TableVersion } from './TableHistory';

/**
 * Compares a table before and after it was compacted.
 *
 * @param commit - what the compaction committed; absent when it committed nothing
 */
export function verifyCompaction(facts: {
  before: TableVersion | undefined;
  commit: TableVersion | undefined;
}): Verification {
  const { before, commit } = facts;
  if (!commit) {
    return {
      outcome: 'verified',
      summary:
        before?.dataFiles === undefined
          ? 'There was nothing to compact: Trino committed no change.'
          : `There was nothing to compact: ${before.dataFiles} files as before.`,
      metrics: filesMetrics(before, before),
    };
  }
  const metrics = filesMetrics(before, commit);
  const from = before?.dataFiles;
  const to = commit.dataFiles;
  if (from === undefined || to === undefined) {
    return {
      outcome: 'inconclusive',
      summary: `Trino committed it as ${commit.id}; how many files there were or are can't be told.`,
      metrics,
    };
  }
  if (to > from) {
    return {
      outcome: 'not-verified',
      summary: `${from} → ${to} files: there are more than before.`,
      metrics,
    };
  }
  return {
    outcome: 'verified',
    summary: `${from} → ${to} files`,
    metrics,
  };
}

function filesMetrics(
  before: TableVersion | undefined,
  after: TableVersion | undefined,
): Verification['metrics'] {
  return [
    {
      label: 'Data files',
      unit: 'files',
      before: before?.dataFiles,
      after: after?.dataFiles,
      better: 'lower',
    },
    {
      label: 'Average file size',
      unit: 'bytes',
      before: averageBytes(before),
      after: averageBytes(after),
      better: 'higher',
    },
    {
      label: 'Rows',
      unit: 'count',
      before: before?.records,
      after: after?.records,
    },
  ];
}

function averageBytes(version: TableVersion | undefined): number | undefined {
  if (!version?.dataFiles || version.sizeBytes === undefined) return undefined;
  return Math.round(version.sizeBytes / version.dataFiles);
}
