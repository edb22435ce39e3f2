import type {
  DashboardChart,
  HealthStatus,
  LakehouseDashboard,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { NOT_OBSERVED, RelativeTime } from '../components/format';
import { DataTable } from '../components/layout';
import { RunbookAction } from '../components/RunbookAction';
import { ShiftingActions } from '../components/ShiftingActions';
import { StatusMark } from '../components/status';
import { invalidateRun } from './dashboardActions';

function cacheState(chart: DashboardChart): {
  status: HealthStatus;
  word: string;
} {
  if (chart.outdated) return { status: 'at-risk', word: 'Outdated' };
  switch (chart.cache) {
    case 'cached':
      return chart.outdated === false
        ? { status: 'healthy', word: 'Cached' }
        : { status: 'unknown', word: 'Cached, data’s age not known' };
    case 'not-cached':
      return { status: 'healthy', word: 'Not cached' };
    default:
      return { status: 'unknown', word: 'Not known' };
  }
}

/** Charts with the age of what is cached, beside the age of the data. */
export const ChartsTable = (props: {
  dashboard: LakehouseDashboard;
  entityRef?: string;
  onChanged: () => void;
}) => {
  const { connection, charts } = props.dashboard;
  return (
    <DataTable
      label="Charts"
      minWidth={860}
      rows={charts}
      idOf={({ id }) => id}
      columns={[
        {
          id: 'name',
          title: 'Chart',
          overflow: 'wrap',
          cell: chart => <strong>{chart.name}</strong>,
        },
        {
          id: 'cache',
          title: 'Cache',
          width: 170,
          overflow: 'clip',
          cell: chart => <StatusMark {...cacheState(chart)} />,
        },
        {
          id: 'cachedAt',
          title: 'Answer from',
          width: 112,
          cell: chart => <RelativeTime time={chart.cachedAt} />,
        },
        {
          id: 'data',
          title: 'Data from',
          width: 112,
          cell: chart => <RelativeTime time={chart.dataChangedAt} />,
        },
        {
          id: 'dataset',
          title: 'Dataset',
          overflow: 'wrap',
          cell: chart => chart.datasetName ?? chart.datasetId ?? NOT_OBSERVED,
        },
        {
          id: 'actions',
          title: 'Actions',
          actions: true,
          width: 216,
          cell: chart => {
            const run = invalidateRun(connection, chart);
            return (
              <ShiftingActions
                actions={
                  run
                    ? [
                        {
                          id: run.runbookId,
                          wanted: chart.cache !== 'not-cached',
                          button: (
                            <RunbookAction
                              {...run}
                              entityRef={props.entityRef}
                              label="Drop from cache"
                              onRunEnded={props.onChanged}
                            />
                          ),
                        },
                      ]
                    : []
                }
              />
            );
          },
        },
      ]}
    />
  );
};
