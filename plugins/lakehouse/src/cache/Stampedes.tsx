import type { Stampede } from '@lakehouse-ops/plugin-lakehouse-common';
import { EventLanes, TimeSpan } from '../components/charts';
import {
  formatClock,
  formatCount,
  formatDuration,
  formatNumberOf,
  RelativeTime,
  useNow,
} from '../components/format';
import { DataTable, Padded, Section } from '../components/layout';
import { EmptyNote } from '../components/states';
import { StatusMark } from '../components/status';
import { extraTrinoMs, stampedeMs } from './cacheFacts';

/** A stampede in one sentence. */
export function describeStampede(stampede: Stampede): string {
  const where = stampede.prefix ? ` on ${stampede.prefix}` : '';
  const work =
    stampede.duplicateMisses === undefined
      ? ''
      : `: ${formatNumberOf(stampede.duplicateMisses, 'needless fill')}`;
  return `Stampede${where}${work}`;
}

/** When many asked for the same at once because it was not in the cache. */
export const Stampedes = (props: {
  stampedes: readonly Stampede[];
  span: TimeSpan;
  openId?: string;
  onOpen: (id: string) => void;
}) => {
  const { stampedes } = props;
  const now = useNow(5_000).getTime();
  if (stampedes.length === 0) {
    return (
      <Section title="Stampedes">
        <EmptyNote text="None in this time: no key was missed by many at once." />
      </Section>
    );
  }
  return (
    <Section
      title="Stampedes"
      note="many asked for the same at once because it was not in the cache"
    >
      <Padded>
        <EventLanes
          title="When"
          summary={`${formatNumberOf(
            stampedes.length,
            'stampede',
          )} in this time.`}
          events={stampedes.map(stampede => ({
            id: stampede.id,
            lane: stampede.prefix ?? 'all keys',
            fromMs: Date.parse(stampede.startedAt),
            toMs: Date.parse(stampede.startedAt) + stampedeMs(stampede, now),
            status: 'breached',
            title: describeStampede(stampede),
          }))}
          span={props.span}
          timeText={({ fromMs }) => formatClock(new Date(fromMs).toISOString())}
          onOpen={props.onOpen}
        />
      </Padded>
      <DataTable
        label="Stampedes"
        minWidth={760}
        rows={stampedes}
        idOf={({ id }) => id}
        openId={props.openId}
        onOpen={props.onOpen}
        columns={[
          {
            id: 'state',
            title: 'State',
            width: 110,
            cell: ({ endedAt }) => (
              <StatusMark
                status={endedAt ? 'unknown' : 'breached'}
                word={endedAt ? 'Over' : 'Now'}
              />
            ),
          },
          {
            id: 'started',
            title: 'Started',
            width: 100,
            cell: ({ startedAt }) => <RelativeTime time={startedAt} />,
          },
          {
            id: 'lasted',
            title: 'Lasted',
            numeric: true,
            width: 90,
            cell: stampede => formatDuration(stampedeMs(stampede, now)),
          },
          {
            id: 'prefix',
            title: 'Prefix',
            overflow: 'wrap',
            cell: ({ prefix }) => prefix ?? 'not told',
          },
          {
            id: 'fills',
            title: 'Needless fills',
            numeric: true,
            width: 110,
            cell: ({ duplicateMisses }) => formatCount(duplicateMisses),
          },
          {
            id: 'trino',
            title: 'Cost in Trino',
            numeric: true,
            width: 120,
            cell: stampede => formatDuration(extraTrinoMs(stampede)),
          },
        ]}
      />
    </Section>
  );
};
