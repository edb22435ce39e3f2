import {
  formatTableName,
  ScorePart,
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatNumberOf, formatShare } from '../components/format';

/** What the table runbooks act on. */
export function tableRunTarget(ref: TableRef) {
  return {
    system: 'trino',
    connection: ref.connection,
    kind: 'table',
    name: formatTableName(ref),
  };
}

/** The parameters of the table runbooks. */
export function tableRunParameters(ref: TableRef) {
  return {
    connection: ref.connection,
    catalog: ref.catalog,
    schema: ref.schema,
    table: ref.table,
  };
}

/** The button of compaction with its expected effect. */
export function compactLabel(health: TableHealth): string {
  const gain = health.compaction;
  if (!gain) return 'Compact';
  return gain.filesAfter < gain.filesBefore
    ? `Compact (${formatCount(gain.filesBefore)} → ${formatNumberOf(
        gain.filesAfter,
        'file',
      )})`
    : 'Compact (nothing to gain)';
}

/** What can be run on a table. */
export type TableAction = 'trino:optimize-table' | 'trino:analyze-table';

/** The one action that would help most; undefined when none would. */
export function suggestedTableAction(
  health: TableHealth,
): TableAction | undefined {
  const { compaction, statistics } = health;
  const gains =
    compaction !== undefined && compaction.filesAfter < compaction.filesBefore;
  const outdated = statistics !== undefined && statistics.state !== 'fresh';
  const statisticsCostMore =
    lossOf(health, 'statistics') > lossOf(health, 'small-files');
  if (gains && !(outdated && statisticsCostMore)) return 'trino:optimize-table';
  return outdated ? 'trino:analyze-table' : undefined;
}

/** What refreshing statistics would change, in one sentence. */
export function statisticsEffect(health: TableHealth): string | undefined {
  const { statistics } = health;
  if (!statistics) return undefined;
  if (statistics.state === 'fresh') return 'Statistics are fresh.';
  if (statistics.state === 'none') {
    return 'Statistics: none now; the planner guesses.';
  }
  const share = statistics.rowsSinceShare;
  return share === undefined
    ? undefined
    : `Statistics miss ${formatShare(share)} of the rows now.`;
}

/** The sentence of a table's state: its worst part. */
export function tableReason(health: TableHealth): string {
  const scored = health.parts.filter(part => part.score !== undefined);
  if (scored.length === 0) {
    return health.gaps[0]
      ? `Not inspected: ${health.gaps[0].reason}.`
      : 'Not inspected yet.';
  }
  const worst = scored.reduce((a, b) =>
    lossOf(health, b.id) > lossOf(health, a.id) ? b : a,
  );
  return health.status === 'healthy'
    ? 'Files, snapshots and statistics are in good shape.'
    : worst.explanation;
}

/** How much a part takes from the score. */
function lossOf(health: TableHealth, id: ScorePart['id']): number {
  const part = health.parts.find(one => one.id === id);
  return part?.score === undefined ? 0 : (100 - part.score) * part.weight;
}
