import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import type { LakehouseDashboard } from '@lakehouse-ops/plugin-lakehouse-common';
import { RelativeTime } from '../components/format';
import { ActionBar, DataTable, Section, Stack } from '../components/layout';
import { RunbookAction } from '../components/RunbookAction';
import { EmptyNote } from '../components/states';
import { StatusMark } from '../components/status';
import { SubjectLink } from '../links';
import { dashboardFreshness } from './alertLooks';
import { ChartsTable } from './ChartsTable';
import { warmRun } from './dashboardActions';

/** One dashboard: its charts with their cache, and the tables that they read. */
export const DashboardDetail = (props: {
  dashboard: LakehouseDashboard;
  entityRef?: string;
  onChanged: () => void;
}) => {
  const { dashboard } = props;
  const { status, text } = dashboardFreshness(dashboard);
  return (
    <Stack>
      <ActionBar>
        <StatusMark status={status} />
        <Typography variant="body2">{text}.</Typography>
        <RunbookAction
          {...warmRun(dashboard)}
          entityRef={props.entityRef}
          label="Warm up"
          onRunEnded={props.onChanged}
        />
        {dashboard.uiUrl && <Link to={dashboard.uiUrl}>Open in Superset</Link>}
      </ActionBar>
      <Typography variant="caption">
        {dashboard.published ? 'Published' : 'A draft'}
        {dashboard.owners.length > 0 &&
          `, owned by ${dashboard.owners.join(', ')}`}
        {dashboard.changedAt && (
          <>
            {', changed '}
            <RelativeTime time={dashboard.changedAt} />
          </>
        )}
      </Typography>
      <Section title="Charts">
        {dashboard.charts.length > 0 ? (
          <ChartsTable {...props} />
        ) : (
          <EmptyNote text="This dashboard has no charts." />
        )}
      </Section>
      <Section title="Tables that it reads">
        {dashboard.datasets.length > 0 ? (
          <DataTable
            label="Tables that it reads"
            rows={dashboard.datasets}
            idOf={({ id }) => id}
            columns={[
              {
                id: 'table',
                title: 'Table',
                overflow: 'wrap',
                cell: ({ table, reads }) =>
                  table ? (
                    <SubjectLink subject={{ kind: 'table', ref: table }}>
                      {reads}
                    </SubjectLink>
                  ) : (
                    reads
                  ),
              },
              {
                id: 'dataset',
                title: 'Dataset',
                cell: ({ name }) => name,
              },
              {
                id: 'database',
                title: 'Database',
                cell: ({ database }) => database,
              },
            ]}
          />
        ) : (
          <EmptyNote text="It reads no table that could be told." />
        )}
      </Section>
    </Stack>
  );
};
