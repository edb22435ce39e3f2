import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';
import type { ManifestTotals } from './readManifests';
import type { TableVersion } from './TableHistory';

/**
 * Compares the manifests of a table before and after they were rewritten.
 *
 * @param facts - `commit`: what the rewrite committed; absent when it committed nothing
 */
export function verifyManifests(facts: {
  before: ManifestTotals;
  after: ManifestTotals;
  commit: TableVersion | undefined;
  parent: TableVersion | undefined;
}): Verification {
  const { before, after, commit, parent } = facts;
  const metrics: Verification['metrics'] = [
    {
      label: 'Manifests',
      unit: 'files',
      before: before.manifests,
      after: after.manifests,
    },
    {
      label: 'Size of the manifests',
      unit: 'bytes',
      before: before.sizeBytes,
      after: after.sizeBytes,
    },
    {
      label: 'Rows',
      unit: 'count',
      before: parent?.records,
      after: commit?.records,
    },
  ];
  const count = after.manifests ?? 'unknown';
  if (!commit) {
    return {
      outcome: 'inconclusive',
      summary: `Trino finished; the table has ${count} manifests. No rewrite stands right after what was previewed: there was nothing to rewrite, or others committed in between.`,
      metrics,
    };
  }
  if (
    parent?.records !== undefined &&
    commit.records !== undefined &&
    parent.records !== commit.records
  ) {
    return {
      outcome: 'not-verified',
      summary: `The table has ${commit.records} rows after it and had ${parent.records} before. Look at snapshot ${commit.id}, and roll back to ${parent.id} if it is wrong.`,
      metrics,
    };
  }
  return {
    outcome: 'verified',
    summary: `${
      before.manifests ?? 'unknown'
    } → ${count} manifests, grouped by partition`,
    metrics,
  };
}
