import Typography from '@material-ui/core/Typography';
import type { AccessDenialsView } from '@lakehouse-ops/plugin-lakehouse-common';
import { useLakehouse } from '../api';
import {
  formatClock,
  formatCount,
  formatNumberOf,
  NOT_OBSERVED,
  RelativeTime,
} from '../components/format';
import { DataTable, Padded, Section, Stack } from '../components/layout';
import { EmptyNote, ResourceView, SkeletonRows } from '../components/states';
import { StatusMark } from '../components/status';
import { resolveTimeRange, TimeRange, timeRangeKey } from '../url';

const idOf = (group: AccessDenialsView['groups'][number]) =>
  [group.user, group.table, group.action, group.rule].join(' ');

const Outages = (props: { outages: AccessDenialsView['outages'] }) => (
  <Padded>
    <Stack>
      {props.outages.map(outage => (
        <div key={`${outage.message} ${outage.firstAt}`}>
          <StatusMark status="breached" word="Access control failed itself" />
          <Typography variant="body2">
            {formatNumberOf(outage.count, 'query', 'queries')} failed{' '}
            {formatClock(outage.firstAt)}–{formatClock(outage.lastAt)} because
            nobody could decide, not because of a rule: {outage.message}
          </Typography>
        </div>
      ))}
    </Stack>
  </Padded>
);

/** What access control refused, by user and table, and when it could not decide at all. */
export const AccessDenials = (props: {
  connection: string;
  range: TimeRange;
  /** Shows a query; rows don't open without. */
  onOpenQuery?: (queryId: string) => void;
}) => {
  const { connection, range, onOpenQuery } = props;
  const denials = useLakehouse({
    key: `denials ${connection} ${timeRangeKey(range)}`,
    connection,
    kinds: ['queries'],
    load: (api, options) =>
      api.getAccessDenials(connection, resolveTimeRange(range), options),
  });
  return (
    <Section
      title="Access denied"
      note={
        denials.data && formatNumberOf(denials.data.total, 'query', 'queries')
      }
    >
      <ResourceView
        resource={denials}
        what={`denied queries on ${connection}`}
        skeleton={<SkeletonRows rows={3} />}
      >
        {view => (
          <>
            {view.outages.length > 0 && <Outages outages={view.outages} />}
            {view.groups.length === 0 ? (
              <EmptyNote text="No query was denied in this time." />
            ) : (
              <DataTable
                label="Access denied"
                minWidth={760}
                rows={view.groups}
                idOf={idOf}
                onOpen={
                  onOpenQuery &&
                  (id => {
                    const group = view.groups.find(one => idOf(one) === id);
                    if (group) onOpenQuery(group.lastQueryId);
                  })
                }
                columns={[
                  {
                    id: 'user',
                    title: 'User',
                    overflow: 'wrap',
                    cell: ({ user }) => user,
                  },
                  {
                    id: 'table',
                    title: 'Table',
                    overflow: 'wrap',
                    cell: ({ table }) => table ?? NOT_OBSERVED,
                  },
                  {
                    id: 'action',
                    title: 'What was refused',
                    overflow: 'wrap',
                    cell: ({ action }) => action ?? NOT_OBSERVED,
                  },
                  {
                    id: 'rule',
                    title: 'Rule',
                    overflow: 'wrap',
                    cell: ({ rule }) => rule ?? 'not told',
                  },
                  {
                    id: 'count',
                    title: 'Times',
                    numeric: true,
                    width: 76,
                    cell: ({ count }) => formatCount(count),
                  },
                  {
                    id: 'last',
                    title: 'Last',
                    width: 100,
                    cell: ({ lastAt }) => <RelativeTime time={lastAt} />,
                  },
                ]}
              />
            )}
          </>
        )}
      </ResourceView>
    </Section>
  );
};
