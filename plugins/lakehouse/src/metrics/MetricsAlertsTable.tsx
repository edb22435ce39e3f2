import type { MetricsAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import { RelativeTime } from '../components/format';
import { DataTable } from '../components/layout';
import { StatusMark } from '../components/status';

/** Alerts of Prometheus' rules, in the order given. */
export const MetricsAlertsTable = (props: {
  alerts: readonly MetricsAlert[];
}) => (
  <DataTable
    label="Prometheus alerts"
    rows={props.alerts}
    idOf={alert => `${alert.name} ${JSON.stringify(alert.labels)}`}
    columns={[
      {
        id: 'state',
        title: 'State',
        cell: ({ state, severity }) => (
          <StatusMark
            status={
              state === 'firing' && severity === 'critical'
                ? 'breached'
                : 'at-risk'
            }
            word={state === 'firing' ? 'Firing' : 'Pending'}
          />
        ),
      },
      {
        id: 'name',
        title: 'Alert',
        cell: ({ name }) => <strong>{name}</strong>,
      },
      {
        id: 'summary',
        title: 'What it says',
        overflow: 'wrap',
        cell: ({ summary }) => summary ?? '',
      },
      {
        id: 'since',
        title: 'Since',
        cell: ({ activeAt }) => <RelativeTime time={activeAt} />,
      },
    ]}
  />
);
