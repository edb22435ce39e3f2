import type { LakehouseDashboard } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, NOT_OBSERVED, RelativeTime } from '../components/format';
import {
  DataTable,
  DebouncedTextField,
  useFilterStyles,
} from '../components/layout';
import { EmptyNote } from '../components/states';
import { HEALTH_ORDER, StatusMark } from '../components/status';
import { useUrlList } from '../url';
import { dashboardFreshness } from './alertLooks';

/** Dashboards, those that show old data first. */
export const DashboardList = (props: {
  dashboards: readonly LakehouseDashboard[];
  openId?: string;
  onOpen: (id: string) => void;
}) => {
  const classes = useFilterStyles();
  const list = useUrlList({ sort: 'state', order: 'asc' });
  const text = list.state.text?.toLowerCase() ?? '';
  const rows = props.dashboards.filter(
    ({ title, datasets }) =>
      title.toLowerCase().includes(text) ||
      datasets.some(({ reads }) => reads.toLowerCase().includes(text)),
  );
  return (
    <>
      <div className={classes.bar} role="search" aria-label="Filter dashboards">
        <DebouncedTextField
          label="Title or table"
          value={list.state.text ?? ''}
          width={260}
          onChange={list.onText}
        />
      </div>
      {rows.length === 0 ? (
        <EmptyNote
          text={text ? 'No dashboard matches.' : 'No dashboard can be seen.'}
        />
      ) : (
        <DataTable
          label="Dashboards"
          minWidth={860}
          rows={rows}
          idOf={({ id }) => id}
          openId={props.openId}
          list={list}
          onOpen={props.onOpen}
          columns={[
            {
              id: 'state',
              title: 'State',
              width: 120,
              firstOrder: 'asc',
              value: row =>
                HEALTH_ORDER.indexOf(dashboardFreshness(row).status),
              cell: row => (
                <StatusMark status={dashboardFreshness(row).status} />
              ),
            },
            {
              id: 'title',
              title: 'Dashboard',
              overflow: 'wrap',
              firstOrder: 'asc',
              value: ({ title }) => title,
              cell: ({ title }) => <strong>{title}</strong>,
            },
            {
              id: 'why',
              title: 'Why',
              overflow: 'wrap',
              cell: row => dashboardFreshness(row).text,
            },
            {
              id: 'charts',
              title: 'Charts',
              numeric: true,
              width: 80,
              value: ({ charts }) => charts.length,
              cell: ({ charts }) => formatCount(charts.length),
            },
            {
              id: 'owners',
              title: 'Owners',
              overflow: 'clip',
              width: 150,
              cell: ({ owners }) => owners.join(', ') || NOT_OBSERVED,
            },
            {
              id: 'changed',
              title: 'Changed',
              width: 120,
              value: ({ changedAt }) => changedAt,
              cell: ({ changedAt }) => <RelativeTime time={changedAt} />,
            },
          ]}
        />
      )}
    </>
  );
};
