import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type {
  TableHealth,
  TableView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { FileSizeHistogram } from '../components/charts';
import {
  formatBytes,
  formatCount,
  formatNumberOf,
  formatShare,
  NOT_OBSERVED,
  RelativeTime,
  useNow,
} from '../components/format';
import { FactGrid, Section, Stack } from '../components/layout';
import { EmptyNote, GapNotes, StaleChip } from '../components/states';
import { ScoreRing, StatusMark } from '../components/status';
import { PartitionsTable } from './PartitionsTable';
import { ScoreParts } from './ScoreParts';
import { StatisticsAge } from './StatisticsAge';
import { StatisticsTable } from './StatisticsTable';
import { TableActions } from './TableActions';
import { TableHistory } from './TableHistory';
import { tableReason } from './tableEffects';

const useStyles = makeStyles(theme => ({
  head: { display: 'flex', alignItems: 'center', gap: theme.spacing(2) },
  words: { minWidth: 0 },
}));

/** Everything known about one table. */
export const TableDetail = (props: {
  view: TableView;
  entityRef?: string;
  onRunEnded: () => void;
}) => {
  const { health, history } = props.view;
  const classes = useStyles();
  const staleness = tableStaleness(props.view, useNow(10_000));
  return (
    <Stack>
      <div className={classes.head}>
        <ScoreRing score={health.score} status={health.status} size={64} />
        <div className={classes.words}>
          <StatusMark status={health.status} />
          <Typography variant="body2">{tableReason(health)}</Typography>
          {staleness && <StaleChip {...staleness} />}
        </div>
      </div>
      <TableActions
        health={health}
        entityRef={props.entityRef}
        onRunEnded={props.onRunEnded}
      />
      <FactGrid facts={factsOf(health)} />
      <GapNotes gaps={health.gaps} />
      {health.parts.length > 0 && (
        <Section title="What the score is made of">
          <ScoreParts parts={health.parts} />
        </Section>
      )}
      {health.files && (
        <Section padded>
          <FileSizeHistogram bins={health.files.bins} />
          {health.files.snapshotId !== health.snapshot?.id && (
            <Typography variant="caption" color="textSecondary">
              Counted <RelativeTime time={health.files.countedAt} />, at an
              earlier snapshot than the current one.
            </Typography>
          )}
        </Section>
      )}
      {history.length > 1 && <TableHistory history={history} />}
      {health.partitions && health.partitions.worst.length > 0 && (
        <Section
          title="Most fragmented partitions"
          note={`of ${formatNumberOf(health.partitions.count, 'partition')}`}
        >
          <PartitionsTable partitions={health.partitions} />
        </Section>
      )}
      <Section
        title="Statistics by column"
        note={<StatisticsAge health={health} />}
      >
        {health.statistics?.columns.length ? (
          <StatisticsTable columns={health.statistics.columns} />
        ) : (
          <EmptyNote
            text={
              health.statistics
                ? 'No column has statistics: the planner guesses. “Refresh statistics” collects them.'
                : 'Statistics were not observed.'
            }
          />
        )}
      </Section>
    </Stack>
  );
};

function tableStaleness(view: TableView, now: Date) {
  const { inspectedAt, gaps } = view.health;
  const ageMs = now.getTime() - Date.parse(inspectedAt);
  if (ageMs <= view.staleAfterSeconds * 1_000) return undefined;
  const gap = gaps.find(({ until }) => until === undefined);
  return {
    asOf: inspectedAt,
    reason: gap?.reason ?? 'the sweep has not come by since',
  };
}

function factsOf(health: TableHealth) {
  const { totals, files, snapshots, snapshot, manifests } = health;
  return [
    { name: 'Size', value: formatBytes(totals?.sizeBytes) },
    { name: 'Rows', value: formatCount(totals?.records) },
    { name: 'Data files', value: formatCount(totals?.dataFiles) },
    {
      name: files
        ? `Files under ${formatBytes(files.smallFileBytes)}`
        : 'Small files',
      value:
        files && files.totalFiles > 0
          ? `${formatCount(files.smallFiles)} (${formatShare(
              files.smallFiles / files.totalFiles,
            )})`
          : formatCount(files?.smallFiles),
    },
    { name: 'Delete files', value: formatCount(totals?.deleteFiles) },
    {
      name: 'Manifests',
      value: manifests
        ? `${formatCount(manifests.count)}, ${formatBytes(manifests.sizeBytes)}`
        : NOT_OBSERVED,
    },
    {
      name: 'Snapshots',
      value: snapshots ? (
        <>
          {formatCount(snapshots.count)}, oldest{' '}
          <RelativeTime time={snapshots.oldestAt} always />
        </>
      ) : (
        NOT_OBSERVED
      ),
    },
    {
      name: 'Last commit',
      value: snapshot ? (
        <>
          <RelativeTime time={snapshot.committedAt} always />
          {snapshot.user ? ` by ${snapshot.user}` : ''}
          {snapshot.operation ? `, ${snapshot.operation}` : ''}
        </>
      ) : (
        NOT_OBSERVED
      ),
    },
    { name: 'Inspected', value: <RelativeTime time={health.inspectedAt} /> },
    { name: 'Format', value: health.format },
  ];
}
