import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../components/format';
import { DataTable, useTableStyles } from '../components/layout';
import { HEALTH_ORDER, StatusMark } from '../components/status';
import { useUrlList } from '../url';
import { ReplicasBar } from './ReplicasBar';
import { WorkloadActions } from './WorkloadActions';
import { ROLLOUT_WORDS, workloadHealth, workloadId } from './workloadHealth';

/** Workloads, worst first. */
export const WorkloadTable = (props: {
  workloads: readonly Workload[];
  openId?: string;
  entityRef?: string;
  onOpen: (id: string) => void;
  onChanged: () => void;
}) => {
  const classes = useTableStyles();
  const list = useUrlList({ sort: 'state', order: 'asc' });
  return (
    <DataTable
      label="Workloads"
      minWidth={980}
      rows={props.workloads}
      idOf={workloadId}
      openId={props.openId}
      list={list}
      onOpen={props.onOpen}
      columns={[
        {
          id: 'state',
          title: 'State',
          width: 110,
          firstOrder: 'asc',
          value: row => HEALTH_ORDER.indexOf(workloadHealth(row).status),
          cell: row => (
            <StatusMark
              status={workloadHealth(row).status}
              reason={workloadHealth(row).text}
            />
          ),
        },
        {
          id: 'name',
          title: 'Workload',
          width: 155,
          overflow: 'wrap',
          firstOrder: 'asc',
          value: ({ name }) => name,
          cell: ({ name, kind, namespace }) => (
            <>
              <strong>{name}</strong>
              <br />
              <span className={classes.muted}>
                {kind} in {namespace}
              </span>
            </>
          ),
        },
        {
          id: 'replicas',
          title: 'Ready',
          width: 92,
          value: ({ replicas }) => replicas.wanted - replicas.ready,
          cell: ({ replicas }) => <ReplicasBar replicas={replicas} />,
        },
        {
          id: 'rollout',
          title: 'Rollout',
          overflow: 'wrap',
          cell: ({ rollout, rolloutMessage }) => (
            <>
              {ROLLOUT_WORDS[rollout]}
              {rolloutMessage && (
                <span className={classes.muted}>: {rolloutMessage}</span>
              )}
            </>
          ),
        },
        {
          id: 'pending',
          title: 'Pending',
          numeric: true,
          width: 94,
          value: ({ pending }) => pending,
          cell: ({ pending }) => formatCount(pending),
        },
        {
          id: 'restarts',
          title: 'Restarts',
          numeric: true,
          width: 94,
          value: ({ restarts }) => restarts,
          cell: ({ restarts }) => formatCount(restarts),
        },
        {
          id: 'oom',
          title: 'OOM kills',
          numeric: true,
          width: 104,
          value: ({ oomKills }) => oomKills,
          cell: ({ oomKills }) => formatCount(oomKills),
        },
        {
          id: 'actions',
          title: 'Actions',
          actions: true,
          width: 226,
          cell: row => (
            <WorkloadActions
              workload={row}
              entityRef={props.entityRef}
              onRunEnded={props.onChanged}
            />
          ),
        },
      ]}
    />
  );
};
