import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import type {
  HealthStatus,
  TimelineEvent,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { EventLanes } from '../components/charts';
import {
  formatClock,
  formatDuration,
  formatNumberOf,
  RelativeTime,
} from '../components/format';
import {
  DataTable,
  Section,
  Stack,
  useFilterStyles,
} from '../components/layout';
import { EmptyNote, ResourceView, SkeletonBox } from '../components/states';
import { StatusMark } from '../components/status';
import {
  TimeRange,
  timeRangePatch,
  timeRangePhrase,
  timeSpanOf,
  useUrlList,
  useUrlState,
} from '../url';
import { useTimeline } from './useTimeline';

const SEVERITY_STATUS: Record<TimelineEvent['severity'], HealthStatus> = {
  critical: 'breached',
  warning: 'at-risk',
  info: 'unknown',
};

const SEVERITY_WORDS: Record<TimelineEvent['severity'], string> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Note',
};

/** Kinds whose names say too little as they are. */
const KIND_WORDS: Record<string, string | undefined> = {
  'oom-kill': 'Out-of-memory kill',
};

/** `alert-fired` as `Alert fired`. */
function kindWords(kind: string): string {
  const known = KIND_WORDS[kind];
  if (known) return known;
  const words = kind.replace(/-/g, ' ');
  return `${words.charAt(0).toLocaleUpperCase('en-US')}${words.slice(1)}`;
}

const NoEvents = (props: { range: TimeRange }) => {
  const { update } = useUrlState();
  const day = { kind: 'recent', name: '24h' } as const;
  return (
    <EmptyNote
      text={`Nothing worth a mark happened ${timeRangePhrase(props.range)}.`}
      action={
        <Button
          size="small"
          variant="outlined"
          onClick={() => update(timeRangePatch(day))}
        >
          Widen to 24 h
        </Button>
      }
    />
  );
};

/** What happened to all systems: a lane for each kind of event, and the list. */
export const TimelineSection = (props: {
  connection?: string;
  range: TimeRange;
  onOpen?: (event: TimelineEvent) => void;
}) => {
  const { range, onOpen } = props;
  const classes = useFilterStyles();
  const { params, update } = useUrlState();
  const timeline = useTimeline(props.connection, range);
  const list = useUrlList({ sort: 'at', order: 'desc' });
  const kind = params.get('kind');
  const openById = (events: readonly TimelineEvent[]) =>
    onOpen &&
    ((id: string) => {
      const event = events.find(one => one.id === id);
      if (event) onOpen(event);
    });
  return (
    <ResourceView
      resource={timeline}
      what="the timeline"
      skeleton={<SkeletonBox height={320} />}
    >
      {({ items }) => {
        if (items.length === 0) {
          return (
            <Section>
              <NoEvents range={range} />
            </Section>
          );
        }
        const span = timeSpanOf(range, timeline.updatedAt);
        const kinds = [...new Set(items.map(event => event.kind))].sort();
        const shown = items.filter(event => !kind || event.kind === kind);
        return (
          <Stack>
            <Section padded>
              <EventLanes
                title="What happened"
                summary={`${formatNumberOf(
                  shown.length,
                  'event',
                )} ${timeRangePhrase(range)}.`}
                events={shown.map(event => ({
                  id: event.id,
                  lane: kindWords(event.kind),
                  fromMs: Date.parse(event.at),
                  toMs: event.until ? Date.parse(event.until) : undefined,
                  status: SEVERITY_STATUS[event.severity],
                  title: event.title,
                }))}
                span={span}
                timeText={({ fromMs }) =>
                  formatClock(new Date(fromMs).toISOString())
                }
                onOpen={openById(items)}
              />
            </Section>
            <Section>
              <div
                className={`${classes.bar} ${classes.group}`}
                role="group"
                aria-label="Kind"
              >
                {kinds.map(name => (
                  <Chip
                    key={name}
                    size="small"
                    className={classes.chip}
                    label={kindWords(name)}
                    color={name === kind ? 'primary' : 'default'}
                    variant={name === kind ? 'default' : 'outlined'}
                    aria-pressed={name === kind}
                    onClick={() =>
                      update({
                        kind: name === kind ? undefined : name,
                        page: undefined,
                      })
                    }
                  />
                ))}
              </div>
              <DataTable
                label="Events"
                minWidth={760}
                rows={shown}
                listKey={kind ?? ''}
                idOf={({ id }) => id}
                list={list}
                onOpen={openById(items)}
                columns={[
                  {
                    id: 'at',
                    title: 'When',
                    width: 120,
                    value: ({ at }) => at,
                    cell: ({ at }) => <RelativeTime time={at} />,
                  },
                  {
                    id: 'severity',
                    title: 'Severity',
                    width: 110,
                    value: ({ severity }) =>
                      ['critical', 'warning', 'info'].indexOf(severity),
                    firstOrder: 'asc',
                    cell: ({ severity }) => (
                      <StatusMark
                        status={SEVERITY_STATUS[severity]}
                        word={SEVERITY_WORDS[severity]}
                      />
                    ),
                  },
                  {
                    id: 'kind',
                    title: 'Kind',
                    width: 140,
                    value: event => event.kind,
                    firstOrder: 'asc',
                    cell: event => kindWords(event.kind),
                  },
                  {
                    id: 'title',
                    title: 'What happened',
                    overflow: 'wrap',
                    cell: ({ title }) => title,
                  },
                  {
                    id: 'lasted',
                    title: 'Lasted',
                    width: 100,
                    numeric: true,
                    cell: ({ at, until }) =>
                      until
                        ? formatDuration(Date.parse(until) - Date.parse(at))
                        : '',
                  },
                  {
                    id: 'connection',
                    title: 'System',
                    width: 130,
                    value: ({ connection }) => connection,
                    firstOrder: 'asc',
                    cell: ({ connection }) => connection,
                  },
                ]}
              />
            </Section>
          </Stack>
        );
      }}
    </ResourceView>
  );
};
