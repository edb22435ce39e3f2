import {
  formatTableName,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import { formatBytes } from '../shared/formatBytes';
import type { ExpirableSnapshots } from './readExpirableSnapshots';
import type { TableVersion } from './TableHistory';

/** Tells what expiring snapshots takes away. */
export function previewExpiry(facts: {
  ref: TableRef;
  retention: string;
  cutoff: Date;
  found: ExpirableSnapshots;
  current: TableVersion;
}): PreviewContent {
  const { ref, retention, cutoff, found, current } = facts;
  const name = formatTableName(ref);
  const { snapshots, expiring, freedFiles, freedBytes } = found;
  const at = `${cutoff.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return {
    summary:
      expiring === 0
        ? `No snapshot of ${name} is older than ${retention}: there is nothing to expire.`
        : `Forgets ${expiring} of ${snapshots} snapshots of ${name}, all older than ${retention}, and removes the files that only they hold${
            freedBytes === undefined
              ? ''
              : ` (about ${formatBytes(freedBytes)})`
          }. This can't be undone.`,
    changes: [
      {
        label: 'Snapshots',
        before: snapshots,
        after: snapshots - expiring,
        unit: 'count',
        estimated: true,
      },
      {
        label: 'Old data files removed',
        after: freedFiles,
        unit: 'files',
        estimated: true,
      },
      {
        label: 'Storage freed',
        after: freedBytes,
        unit: 'bytes',
        estimated: true,
      },
      {
        label: 'Data files of the table',
        before: current.dataFiles,
        after: current.dataFiles,
        unit: 'files',
      },
    ],
    samples: {
      columns: ['Snapshot', 'Committed', 'Operation', 'By'],
      rows: found.oldest.map(({ id, committedAt, operation, by }) => [
        id,
        committedAt,
        operation ?? '–',
        by ?? '–',
      ]),
      total: expiring,
    },
    untouched: [
      `The table as it is now: snapshot ${current.id} and its rows.`,
      `Snapshots from ${at} on.`,
      ...(found.namedRefs.length > 0
        ? [`Branches and tags: ${found.namedRefs.slice(0, 20).join(', ')}.`]
        : []),
    ],
    warnings:
      expiring === 0
        ? []
        : [
            `Nobody can read this table as it was before ${at}, nor roll it back to then, once this has run.`,
            'Snapshots that grow older than that until it runs go as well.',
          ],
  };
}
