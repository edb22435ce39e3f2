import Typography from '@material-ui/core/Typography';
import { Link } from '@backstage/core-components';
import type { Stampede } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatNumberOf,
  useNow,
} from '../components/format';
import {
  DataTable,
  FactGrid,
  Section,
  SideDrawer,
  Stack,
} from '../components/layout';
import { EmptyNote } from '../components/states';
import { useQueriesPath } from '../links';
import { extraTrinoMs, stampedeMs } from './cacheFacts';

const EVIDENCE: Record<Stampede['evidence'], string> = {
  'duplicate-misses':
    'Applications told that they missed a key which another of them was filling already.',
  'expiry-spike':
    'Many keys expired at once, misses and queries rose after it.',
};

/** One stampede: keys, needless work, and what it cost. */
export const StampedeDrawer = (props: {
  stampede: Stampede;
  onClose: () => void;
}) => {
  const { stampede } = props;
  const { trino } = stampede;
  const now = useNow(5_000).getTime();
  const queriesPath = useQueriesPath();
  const path =
    trino &&
    queriesPath(trino.connection, {
      source: trino.source,
      from: stampede.startedAt,
      to: stampede.endedAt ?? new Date(now).toISOString(),
    });
  return (
    <SideDrawer
      open
      title={stampede.prefix ? `Stampede on ${stampede.prefix}` : 'Stampede'}
      subtitle={`Cache ${stampede.connection}`}
      onClose={props.onClose}
    >
      <Stack>
        <Typography variant="body2">{EVIDENCE[stampede.evidence]}</Typography>
        <FactGrid
          facts={[
            { name: 'Started', value: formatDateTime(stampede.startedAt) },
            {
              name: stampede.endedAt ? 'Lasted' : 'Lasts since',
              value: formatDuration(stampedeMs(stampede, now)),
            },
            {
              name: 'Needless fills',
              value: formatCount(stampede.duplicateMisses),
            },
            { name: 'Keys expired', value: formatCount(stampede.expiredKeys) },
          ]}
        />
        <Section title="Keys with most concurrent misses">
          {stampede.keys.length > 0 ? (
            <DataTable
              label="Keys"
              rows={stampede.keys}
              idOf={({ key }) => key}
              columns={[
                {
                  id: 'key',
                  title: 'Key',
                  overflow: 'wrap',
                  cell: ({ key }) => key,
                },
                {
                  id: 'misses',
                  title: 'Missed at once',
                  numeric: true,
                  cell: ({ concurrentMisses }) => formatCount(concurrentMisses),
                },
              ]}
            />
          ) : (
            <EmptyNote text="No application tells which keys." />
          )}
        </Section>
        <Section padded title="What it cost in Trino">
          {trino ? (
            <Stack>
              <Typography variant="body2">
                {formatNumberOf(trino.queries, 'query', 'queries')} of{' '}
                {trino.source} on {trino.connection} in this time, usually{' '}
                {formatCount(trino.usualQueries)}: about{' '}
                {formatDuration(extraTrinoMs(stampede))} of query time more than
                usual.
              </Typography>
              <FactGrid
                facts={[
                  { name: 'Query time', value: formatDuration(trino.wallMs) },
                  { name: 'CPU time', value: formatDuration(trino.cpuMs) },
                ]}
              />
              {path && <Link to={path}>Show these queries</Link>}
            </Stack>
          ) : (
            <EmptyNote text="Not known: config does not tell which queries fill this cache." />
          )}
        </Section>
      </Stack>
    </SideDrawer>
  );
};
