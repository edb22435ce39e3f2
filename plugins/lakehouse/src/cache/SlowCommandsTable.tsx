import type { SlowCommand } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatMicros, NOT_OBSERVED, RelativeTime } from '../components/format';
import { DataTable } from '../components/layout';

/** The newest entries of the slow log: names and keys, never values. */
export const SlowCommandsTable = (props: {
  commands: readonly SlowCommand[];
}) => (
  <DataTable
    label="Slow commands"
    rows={props.commands}
    idOf={({ node, id }) => `${node} ${id}`}
    columns={[
      {
        id: 'at',
        title: 'When',
        cell: ({ at }) => <RelativeTime time={at} />,
      },
      { id: 'command', title: 'Command', cell: ({ command }) => command },
      {
        id: 'key',
        title: 'Key',
        overflow: 'wrap',
        cell: ({ key }) => key ?? NOT_OBSERVED,
      },
      {
        id: 'took',
        title: 'Took',
        numeric: true,
        cell: ({ durationUs }) => formatMicros(durationUs),
      },
      { id: 'node', title: 'Node', cell: ({ node }) => node },
      {
        id: 'client',
        title: 'Client',
        cell: ({ client }) => client ?? NOT_OBSERVED,
      },
    ]}
  />
);
