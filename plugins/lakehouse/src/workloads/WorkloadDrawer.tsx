import Typography from '@material-ui/core/Typography';
import type {
  Workload,
  WorkloadsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TimeSpan } from '../components/charts';
import { formatCount, NOT_OBSERVED } from '../components/format';
import { FactGrid, Section, SideDrawer, Stack } from '../components/layout';
import { ListOrReason } from '../components/states';
import { StatusMark } from '../components/status';
import { ExternalLinks } from '../links';
import { EventsTable } from './EventsTable';
import { PodsTable } from './PodsTable';
import { ReplicasChart } from './ReplicasChart';
import { WorkloadActions } from './WorkloadActions';
import { ROLLOUT_WORDS, workloadHealth, workloadId } from './workloadHealth';

/** One workload with its pods, events and history. */
export const WorkloadDrawer = (props: {
  workload: Workload;
  view: WorkloadsView;
  span: TimeSpan;
  entityRef?: string;
  onClose: () => void;
  onChanged: () => void;
}) => {
  const { workload, view } = props;
  const { replicas } = workload;
  const health = workloadHealth(workload);
  return (
    <SideDrawer
      open
      width={940}
      title={workload.name}
      subtitle={`${workload.kind} in ${workload.namespace} on ${workload.connection}`}
      onClose={props.onClose}
    >
      <Stack>
        <div>
          <StatusMark status={health.status} />
          <Typography variant="body2">{health.text}.</Typography>
        </div>
        <ExternalLinks links={workload.links} />
        <WorkloadActions
          workload={workload}
          entityRef={props.entityRef}
          onRunEnded={props.onChanged}
        />
        <FactGrid
          facts={[
            { name: 'Wanted', value: formatCount(replicas.wanted) },
            { name: 'Ready', value: formatCount(replicas.ready) },
            {
              name: 'Of the newest version',
              value: formatCount(replicas.updated),
            },
            { name: 'Pending', value: formatCount(workload.pending) },
            { name: 'Rollout', value: ROLLOUT_WORDS[workload.rollout] },
            { name: 'Restarts', value: formatCount(workload.restarts) },
            {
              name: 'Killed for lack of memory',
              value: formatCount(workload.oomKills),
            },
            { name: 'Runs', value: workload.of ?? NOT_OBSERVED },
            {
              name: 'Images',
              value: workload.images.join(', ') || NOT_OBSERVED,
            },
          ]}
        />
        <Section padded>
          <ReplicasChart
            series={view.series.find(
              one => one.workload === workloadId(workload),
            )}
            view={view}
            span={props.span}
          />
        </Section>
        <Section title="Pods">
          <ListOrReason
            items={workload.pods}
            gaps={view.gaps}
            subjects={['workloads.pods']}
            none="It has no pods now."
            unseen="Pods were not observed."
          >
            {pods => <PodsTable pods={pods} />}
          </ListOrReason>
        </Section>
        <Section title="Events" note="newest first">
          <ListOrReason
            items={workload.events}
            gaps={view.gaps}
            subjects={['workloads.events']}
            none="Nothing happened that Kubernetes still remembers."
            unseen="Events were not observed."
          >
            {events => <EventsTable events={events} />}
          </ListOrReason>
        </Section>
      </Stack>
    </SideDrawer>
  );
};
