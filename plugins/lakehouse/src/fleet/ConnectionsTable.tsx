import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatNumberOf, RelativeTime } from '../components/format';
import { DataTable, useTableStyles } from '../components/layout';
import { compareHealth, StatusMark } from '../components/status';
import {
  connectionHealth,
  connectionReason,
  connectionWord,
  SYSTEM_TITLES,
} from '../systems';

/** Connections to all systems but Trino, worst first. */
export const ConnectionsTable = (props: {
  connections: readonly ConnectionView[];
  onOpen: (connection: ConnectionView) => void;
}) => {
  const classes = useTableStyles();
  const rows = [...props.connections].sort(
    (a, b) =>
      compareHealth(connectionHealth(a), connectionHealth(b)) ||
      a.title.localeCompare(b.title),
  );
  return (
    <DataTable
      label="Other systems"
      minWidth={800}
      rows={rows}
      idOf={({ id }) => id}
      onOpen={id => {
        const connection = rows.find(one => one.id === id);
        if (connection) props.onOpen(connection);
      }}
      columns={[
        {
          id: 'status',
          title: 'Status',
          width: 130,
          cell: row => (
            <StatusMark
              status={connectionHealth(row)}
              word={connectionWord(row)}
            />
          ),
        },
        {
          id: 'name',
          title: 'Connection',
          width: 250,
          overflow: 'clip',
          cell: ({ id, title }) => (
            <>
              <strong>{title}</strong>{' '}
              <span className={classes.muted}>{id}</span>
            </>
          ),
        },
        {
          id: 'system',
          title: 'System',
          width: 170,
          cell: ({ system, version }) =>
            `${SYSTEM_TITLES[system]}${version ? ` ${version}` : ''}`,
        },
        {
          id: 'probed',
          title: 'Looked at',
          width: 110,
          cell: ({ probedAt }) => <RelativeTime time={probedAt} />,
        },
        {
          id: 'why',
          title: 'Why',
          overflow: 'wrap',
          cell: row => {
            const lasting = row.gaps.filter(({ until }) => !until).length;
            return (
              <>
                {lasting > 0 && (
                  <strong>{formatNumberOf(lasting, 'gap')}: </strong>
                )}
                {connectionReason(row)}
              </>
            );
          },
        },
      ]}
    />
  );
};
