import type {
  HealthStatus,
  WorkloadPod,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, NOT_OBSERVED, RelativeTime } from '../components/format';
import { DataTable } from '../components/layout';
import { StatusMark } from '../components/status';

function podStatus(pod: WorkloadPod): HealthStatus {
  if (pod.ready || pod.phase === 'Succeeded') return 'healthy';
  return pod.phase === 'Failed' ? 'breached' : 'at-risk';
}

/** Pods with what ended them last, and what they wait for. */
export const PodsTable = (props: { pods: readonly WorkloadPod[] }) => (
  <DataTable
    label="Pods"
    rows={props.pods}
    idOf={({ name }) => name}
    columns={[
      { id: 'name', title: 'Pod', cell: ({ name }) => name },
      {
        id: 'state',
        title: 'State',
        cell: pod => (
          <StatusMark
            status={podStatus(pod)}
            word={pod.ready ? 'Ready' : pod.phase}
          />
        ),
      },
      {
        id: 'restarts',
        title: 'Restarts',
        numeric: true,
        cell: ({ restarts }) => formatCount(restarts),
      },
      {
        id: 'ended',
        title: 'Ended last by',
        cell: ({ lastTermination: last }) =>
          last ? (
            <>
              {last.reason}
              {last.exitCode === undefined ? '' : ` (${last.exitCode})`}{' '}
              <RelativeTime time={last.at} />
            </>
          ) : (
            ''
          ),
      },
      { id: 'waits', title: 'Waits for', cell: ({ waiting }) => waiting ?? '' },
      { id: 'node', title: 'Node', cell: ({ node }) => node ?? NOT_OBSERVED },
      {
        id: 'started',
        title: 'Started',
        cell: ({ startedAt }) => <RelativeTime time={startedAt} always />,
      },
    ]}
  />
);
