import type { CacheSample } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatMicros } from '../components/format';
import { DataTable } from '../components/layout';

/** The commands that took most time in the last window. */
export const LatencyTable = (props: {
  latency: NonNullable<CacheSample['latency']>;
}) => (
  <DataTable
    label="Latency of commands"
    rows={props.latency}
    idOf={({ command }) => command}
    columns={[
      { id: 'command', title: 'Command', cell: ({ command }) => command },
      {
        id: 'calls',
        title: 'Calls',
        numeric: true,
        cell: ({ calls }) => formatCount(calls),
      },
      {
        id: 'p50',
        title: 'p50',
        numeric: true,
        cell: ({ p50Us }) => formatMicros(p50Us),
      },
      {
        id: 'p99',
        title: 'p99',
        numeric: true,
        cell: ({ p99Us }) => formatMicros(p99Us),
      },
      {
        id: 'p999',
        title: 'p99.9',
        numeric: true,
        cell: ({ p999Us }) => formatMicros(p999Us),
      },
    ]}
  />
);
