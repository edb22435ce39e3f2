import {
  formatTableName,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import type { CompactionEstimate } from './estimateCompaction';
import { formatBytes } from '../shared/formatBytes';
import { formatMs } from '../shared/formatMs';
import type { TableVersion } from './TableHistory';

/** Rewriting more than this deserves a warning. */
const BIG_BYTES = 50 * 1024 ** 3;
/** Whoever wrote so lately may be writing again. */
const RECENT_MS = 10 * 60_000;

/** Tells what a compaction is expected to do. */
export function previewCompaction(facts: {
  ref: TableRef;
  fileSizeThreshold: string;
  current: TableVersion;
  estimate: CompactionEstimate | undefined;
  /** Where no estimate can be made. */
  files?: number;
  now: Date;
}): PreviewContent {
  const { ref, fileSizeThreshold, current, estimate, now } = facts;
  const name = formatTableName(ref);
  return {
    summary: estimate
      ? summaryOf(name, fileSizeThreshold, estimate)
      : `Rewrites the files of ${name} below ${fileSizeThreshold} into bigger ones. How many that are can't be told beforehand.`,
    changes: estimate
      ? [
          {
            label: 'Data files',
            before: estimate.filesBefore,
            after: estimate.filesAfter,
            unit: 'files',
            estimated: true,
          },
          {
            label: 'Files rewritten',
            after: estimate.filesRewritten,
            unit: 'files',
            estimated: true,
          },
          {
            label: 'Bytes rewritten',
            after: estimate.bytesRewritten,
            unit: 'bytes',
            estimated: true,
          },
        ]
      : [{ label: 'Data files', before: facts.files, unit: 'files' }],
    samples:
      estimate && estimate.worst.length > 0
        ? {
            columns: ['Partition', 'Files', 'Small files', 'Small bytes'],
            rows: estimate.worst.map(row => [
              row.partition,
              String(row.files),
              String(row.smallFiles),
              formatBytes(row.smallBytes),
            ]),
            total: estimate.partitions,
          }
        : undefined,
    untouched: [
      'Rows: the same rows are there before and after.',
      `Files of ${fileSizeThreshold} and more, unless rows of them were deleted.`,
      'Old files: older snapshots keep them until they are expired.',
    ],
    warnings: [
      ...writerWarnings(current, now),
      ...(estimate && estimate.bytesRewritten > BIG_BYTES
        ? [
            `It rewrites ${formatBytes(
              estimate.bytesRewritten,
            )}: it takes a while, loads the cluster, and needs as much storage again until old snapshots are expired.`,
          ]
        : []),
      ...(current.deleteFiles
        ? [
            `Deletes that are kept in ${current.deleteFiles} delete files are applied on the way, which may rewrite more files than estimated.`,
          ]
        : []),
    ],
  };
}

function summaryOf(
  name: string,
  threshold: string,
  estimate: CompactionEstimate,
): string {
  if (estimate.filesRewritten === 0) {
    return `There is nothing to compact in ${name}: no partition has two files below ${threshold}.`;
  }
  return `Rewrites ${
    estimate.filesRewritten
  } files of ${name} below ${threshold} (${formatBytes(
    estimate.bytesRewritten,
  )}): ${estimate.filesBefore} → about ${estimate.filesAfter} files.`;
}

function writerWarnings(current: TableVersion, now: Date): string[] {
  const { committedAt, user } = current;
  if (!committedAt) return [];
  const ageMs = now.getTime() - committedAt.getTime();
  if (ageMs > RECENT_MS) return [];
  return [
    `${user ?? 'Somebody'} wrote to this table ${formatMs(
      Math.max(0, ageMs),
    )} ago. If it is written to again before you run this, the run stops and changes nothing; if it is while this runs, Trino may refuse to commit one of the two.`,
  ];
}
