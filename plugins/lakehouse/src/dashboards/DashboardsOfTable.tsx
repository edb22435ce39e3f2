import { Link } from '@backstage/core-components';
import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import { NOT_OBSERVED } from '../components/format';
import { DataTable, Section } from '../components/layout';
import { EmptyNote, ResourceView, SkeletonRows } from '../components/states';
import { StatusMark } from '../components/status';
import { SubjectLink } from '../links';
import { dashboardFreshness } from './alertLooks';
import { useDashboardsOfTable } from './useDashboards';

/** Which dashboards depend on a table: who will notice when it is wrong. */
export const DashboardsOfTable = (props: { tableRef: TableRef }) => (
  <Section title="Dashboards that read this table">
    <ResourceView
      resource={useDashboardsOfTable(props.tableRef)}
      what="dashboards of this table"
      skeleton={<SkeletonRows rows={3} />}
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyNote text="None that can be seen from here." />
        ) : (
          <DataTable
            label="Dashboards that read this table"
            rows={items}
            idOf={({ connection, id }) => `${connection} ${id}`}
            columns={[
              {
                id: 'state',
                title: 'State',
                cell: row => (
                  <StatusMark status={dashboardFreshness(row).status} />
                ),
              },
              {
                id: 'title',
                title: 'Dashboard',
                cell: ({ connection, id, uuid, title }) => (
                  <SubjectLink
                    subject={{ kind: 'dashboard', connection, id, uuid }}
                  >
                    {title}
                  </SubjectLink>
                ),
              },
              {
                id: 'why',
                title: 'Why',
                cell: row => dashboardFreshness(row).text,
              },
              {
                id: 'owners',
                title: 'Owners',
                cell: ({ owners }) => owners.join(', ') || NOT_OBSERVED,
              },
              {
                id: 'link',
                title: 'Open',
                actions: true,
                cell: ({ uiUrl }) =>
                  uiUrl ? <Link to={uiUrl}>Superset</Link> : null,
              },
            ]}
          />
        )
      }
    </ResourceView>
  </Section>
);
