import type {
  GatewayBackend,
  GatewayView,
  HealthStatus,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../components/format';
import { DataTable, useTableStyles } from '../components/layout';
import { RunbookAction } from '../components/RunbookAction';
import { ShiftingActions } from '../components/ShiftingActions';
import { StatusMark } from '../components/status';
import { SubjectLink } from '../links';
import { backendRun } from './backendActions';

/** What a backend's health means. */
export const BACKEND_STATUS: Record<GatewayBackend['health'], HealthStatus> = {
  healthy: 'healthy',
  pending: 'at-risk',
  unhealthy: 'breached',
  unknown: 'unknown',
};

const BACKEND_WORDS: Record<GatewayBackend['health'], string> = {
  healthy: 'Healthy',
  pending: 'Starting',
  unhealthy: 'Unhealthy',
  unknown: 'Unknown',
};

/** Backends of a gateway: whether they answer, and whether they get new queries, which are two things. */
export const BackendsTable = (props: {
  view: GatewayView;
  entityRef?: string;
  onChanged: () => void;
}) => {
  const { view } = props;
  const classes = useTableStyles();
  return (
    <DataTable
      label={`Backends of ${view.title}`}
      rows={view.backends}
      idOf={({ name }) => name}
      columns={[
        {
          id: 'health',
          title: 'Health',
          cell: ({ health }) => (
            <StatusMark
              status={BACKEND_STATUS[health]}
              word={BACKEND_WORDS[health]}
            />
          ),
        },
        {
          id: 'name',
          title: 'Backend',
          cell: ({ name, trino }) => (
            <>
              <strong>{name}</strong>
              {trino && (
                <span className={classes.muted}>
                  {' '}
                  <SubjectLink subject={{ kind: 'cluster', connection: trino }}>
                    {trino}
                  </SubjectLink>
                </span>
              )}
            </>
          ),
        },
        {
          id: 'group',
          title: 'Routing group',
          cell: ({ routingGroup }) =>
            routingGroup === view.defaultRoutingGroup
              ? `${routingGroup} (default)`
              : routingGroup,
        },
        {
          id: 'active',
          title: 'New queries',
          cell: ({ active }) => (active ? 'go there' : 'do not go there'),
        },
        {
          id: 'running',
          title: 'Running',
          numeric: true,
          cell: ({ running }) => formatCount(running),
        },
        {
          id: 'queued',
          title: 'Queued',
          numeric: true,
          cell: ({ queued }) => formatCount(queued),
        },
        {
          id: 'actions',
          title: 'Actions',
          actions: true,
          cell: backend => (
            <ShiftingActions
              actions={[true, false].map(active => ({
                id: String(active),
                wanted: active === backend.active,
                button: (
                  <RunbookAction
                    {...backendRun(view.connection, { ...backend, active })}
                    entityRef={props.entityRef}
                    onRunEnded={props.onChanged}
                  />
                ),
              }))}
            />
          ),
        },
      ]}
    />
  );
};
