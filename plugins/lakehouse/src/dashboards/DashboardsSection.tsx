import Typography from '@material-ui/core/Typography';
import {
  DASHBOARD_ANNOTATION,
  DashboardsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { LakehouseResource } from '../api';
import { Columns, Section, SideDrawer, Stack } from '../components/layout';
import {
  EmptyNote,
  FiguresSkeleton,
  NotConfigured,
  ObservedView,
  reasonMissing,
  ResourceView,
  UnknownConnection,
} from '../components/states';
import { compareHealth } from '../components/status';
import { useUrlState } from '../url';
import { AlertCard } from './AlertCard';
import { AlertDrawer } from './AlertDrawer';
import { ALERT_STATUS } from './alertLooks';
import { alertsOf } from './alertsOf';
import { findDashboard } from './findDashboard';
import { DashboardDetail } from './DashboardDetail';
import { DashboardList } from './DashboardList';

interface DashboardsSectionProps {
  readonly connection: string;
  /** Id or uuid of the one dashboard that it is about; all when absent. */
  readonly dashboard?: string;
  readonly dashboards: LakehouseResource<DashboardsView>;
  readonly entityRef?: string;
}

const Alerts = (props: {
  view: DashboardsView;
  openId?: string;
  onOpen: (id: string) => void;
}) => {
  const { view } = props;
  if (view.alertsOff) {
    return (
      <EmptyNote text="Alerts and reports are switched off in this Superset: the feature flag ALERT_REPORTS turns them on." />
    );
  }
  if (view.alerts.length === 0) {
    return (
      <EmptyNote
        text={
          reasonMissing(view.gaps, 'alerts') ??
          'There are no alerts or reports.'
        }
      />
    );
  }
  const alerts = [...view.alerts].sort(
    (a, b) =>
      compareHealth(ALERT_STATUS[a.state], ALERT_STATUS[b.state]) ||
      a.name.localeCompare(b.name),
  );
  return (
    <Columns minWidth={260}>
      {alerts.map(alert => (
        <AlertCard
          key={alert.id}
          alert={alert}
          open={alert.id === props.openId}
          onOpen={() => props.onOpen(alert.id)}
        />
      ))}
    </Columns>
  );
};

const DashboardsBody = (
  props: DashboardsSectionProps & { view: DashboardsView },
) => {
  const { view, dashboards, entityRef } = props;
  const { params, update } = useUrlState();
  const only = findDashboard(view, props.dashboard);
  const open = findDashboard(view, params.get('dashboard') ?? undefined);
  const alerts = only ? alertsOf(view, only) : view.alerts;
  const alert = alerts.find(({ id }) => id === params.get('alert'));
  if (props.dashboard !== undefined && !only && view.observedAt) {
    return (
      <NotConfigured
        title={`Dashboard ${props.dashboard} is not known`}
        message={`${view.title} shows no dashboard with this id or uuid to the account that Backstage uses. Check the annotation ${DASHBOARD_ANNOTATION} of this entity, and whether the account may see the dashboard.`}
      />
    );
  }
  return (
    <ObservedView view={view} what="This Superset">
      {view.partial && (
        <Typography variant="body2" color="textSecondary" role="note">
          Only a part is shown: {view.partial}
        </Typography>
      )}
      <Section
        padded
        title={only ? 'Alerts of this dashboard' : 'Alerts and reports'}
        note="worst first"
      >
        <Alerts
          view={{ ...view, alerts }}
          openId={alert?.id}
          onOpen={id => update({ alert: id })}
        />
      </Section>
      {only ? (
        <DashboardDetail
          dashboard={only}
          entityRef={entityRef}
          onChanged={dashboards.refetch}
        />
      ) : (
        <Section title="Dashboards">
          <DashboardList
            dashboards={view.dashboards}
            openId={open?.id}
            onOpen={id => update({ dashboard: id })}
          />
        </Section>
      )}
      {open && !only && (
        <SideDrawer
          open
          width={900}
          title={open.title}
          subtitle={`Dashboard on ${view.connection}`}
          onClose={() => update({ dashboard: undefined })}
        >
          <DashboardDetail
            dashboard={open}
            entityRef={entityRef}
            onChanged={dashboards.refetch}
          />
        </SideDrawer>
      )}
      {alert && (
        <AlertDrawer
          key={alert.id}
          alert={alert}
          entityRef={entityRef}
          onClose={() => update({ alert: undefined })}
          onChanged={dashboards.refetch}
        />
      )}
    </ObservedView>
  );
};

/** Alerts and dashboards of a Superset, or the one dashboard of an entity. */
export const DashboardsSection = (props: DashboardsSectionProps) => (
  <ResourceView
    resource={props.dashboards}
    what={`dashboards on ${props.connection}`}
    skeleton={<FiguresSkeleton />}
    notFound={message => (
      <UnknownConnection
        connection={props.connection}
        message={message}
        annotation={DASHBOARD_ANNOTATION}
      />
    )}
  >
    {view => (
      <Stack>
        <DashboardsBody {...props} view={view} />
      </Stack>
    )}
  </ResourceView>
);
