import type { WorkloadEvent } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, RelativeTime } from '../components/format';
import { DataTable } from '../components/layout';
import { StatusMark } from '../components/status';

/** Events of Kubernetes, newest first. It forgets them after an hour. */
export const EventsTable = (props: { events: readonly WorkloadEvent[] }) => (
  <DataTable
    label="Events"
    rows={props.events}
    idOf={event => `${event.object} ${event.reason} ${event.at}`}
    columns={[
      {
        id: 'at',
        title: 'When',
        cell: ({ at }) => <RelativeTime time={at} />,
      },
      {
        id: 'type',
        title: 'Reason',
        cell: ({ type, reason }) => (
          <StatusMark
            status={type === 'Warning' ? 'at-risk' : 'unknown'}
            word={reason}
          />
        ),
      },
      {
        id: 'message',
        title: 'Message',
        overflow: 'wrap',
        cell: ({ message }) => message,
      },
      {
        id: 'count',
        title: 'Times',
        numeric: true,
        cell: ({ count }) => formatCount(count),
      },
      {
        id: 'object',
        title: 'Object',
        overflow: 'wrap',
        cell: ({ object }) => object,
      },
    ]}
  />
);
