import { listKey } from '../sql/compareValues';
import { countRecords, type DataFile, totalBytes } from './DataFile';
import type { CommitContext } from './LakeTable';

/** What a commit changes. */
export interface TableChange {
  operation: 'append' | 'replace' | 'overwrite' | 'delete';
  added: DataFile[];
  removed: DataFile[];
  /** Of a commit that only rewrites manifests. */
  manifests?: { created: number; replaced: number };
}

/** What a snapshot says of its commit, as Trino writes it. */
export function snapshotSummary(options: {
  change: TableChange;
  /** The table's files as of this commit. */
  live: readonly DataFile[];
  context: CommitContext;
}): [string, string][] {
  const { change, live, context } = options;
  const { added, removed, manifests } = change;
  const summary: [string, string][] = [
    ['engine-name', 'trino'],
    ['engine-version', '476'],
    ['iceberg-version', 'Apache Iceberg 1.9.1'],
    // Trino 476 does not tell who rewrote manifests.
    ...(manifests
      ? [
          ['manifests-created', String(manifests.created)] as const,
          ['manifests-kept', '0'] as const,
          ['manifests-replaced', String(manifests.replaced)] as const,
        ]
      : [
          ['trino_query_id', context.queryId] as const,
          ['trino_user', context.user] as const,
        ]
    ).map(([key, value]): [string, string] => [key, value]),
  ];
  const put = (key: string, value: number) => {
    if (value > 0) {
      summary.push([key, String(value)]);
    }
  };
  const data = (files: readonly DataFile[]) =>
    files.filter(file => file.content === 0);
  const deletes = (files: readonly DataFile[], content?: number) =>
    files.filter(f => f.content !== 0 && (f.content === content || !content));
  const rowsOf = (files: readonly DataFile[]) =>
    files.reduce((sum, file) => sum + file.records, 0);
  put('added-data-files', data(added).length);
  put('added-records', countRecords(added));
  put('added-files-size', totalBytes(added));
  put('added-delete-files', deletes(added).length);
  put('added-position-deletes', rowsOf(deletes(added, 1)));
  put('added-equality-deletes', rowsOf(deletes(added, 2)));
  put('deleted-data-files', data(removed).length);
  put('deleted-records', countRecords(removed));
  put('removed-files-size', totalBytes(removed));
  put('removed-delete-files', deletes(removed).length);
  const touched = [...added, ...removed].map(f => listKey(f.partition));
  const totals: [string, number][] = [
    ['changed-partition-count', new Set(touched).size],
    ['total-data-files', data(live).length],
    ['total-delete-files', deletes(live).length],
    ['total-equality-deletes', rowsOf(deletes(live, 2))],
    ['total-files-size', totalBytes(live)],
    ['total-position-deletes', rowsOf(deletes(live, 1))],
    ['total-records', countRecords(live)],
  ];
  return [
    ...summary,
    ...totals.map(([k, v]): [string, string] => [k, String(v)]),
  ];
}
