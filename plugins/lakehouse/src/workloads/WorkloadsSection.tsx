import {
  WORKLOADS_ANNOTATION,
  WorkloadsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { LakehouseResource } from '../api';
import { formatCount } from '../components/format';
import { Columns, Figure, Section, Stack } from '../components/layout';
import {
  EmptyNote,
  FiguresSkeleton,
  ObservedView,
  ResourceView,
  UnknownConnection,
} from '../components/states';
import { TimeRange, timeSpanOf, useUrlState } from '../url';
import { WorkloadDrawer } from './WorkloadDrawer';
import { workloadId } from './workloadHealth';
import { WorkloadTable } from './WorkloadTable';

interface WorkloadsSectionProps {
  readonly connection: string;
  readonly workloads: LakehouseResource<WorkloadsView>;
  readonly range: TimeRange;
  readonly entityRef?: string;
}

const WorkloadFigures = (props: { view: WorkloadsView }) => {
  const { workloads, observedAt } = props.view;
  const sum = (pick: (one: (typeof workloads)[number]) => number) =>
    observedAt === undefined
      ? undefined
      : workloads.reduce((total, one) => total + pick(one), 0);
  const wanted = sum(({ replicas }) => replicas.wanted);
  const ready = sum(({ replicas }) => replicas.ready);
  const pending = sum(one => one.pending);
  const killed = sum(({ oomKills }) => oomKills);
  const restarts = sum(one => one.restarts);
  const text = (value: number | undefined) =>
    value === undefined ? undefined : formatCount(value);
  return (
    <Columns minWidth={180}>
      <Figure
        label="Pods ready"
        value={text(ready)}
        detail={`of ${formatCount(wanted)} wanted`}
        tone={
          ready !== undefined && ready < (wanted ?? 0) ? 'atRisk' : 'normal'
        }
      />
      <Figure
        label="Pending"
        value={text(pending)}
        detail={pending ? 'wait for room or an image' : 'none waits'}
        tone={pending ? 'atRisk' : 'normal'}
      />
      <Figure
        label="Restarts"
        value={text(restarts)}
        detail="of the pods that run now"
      />
      <Figure
        label="Killed for lack of memory"
        value={text(killed)}
        detail="of the pods that run now"
        tone={killed ? 'breached' : 'normal'}
      />
    </Columns>
  );
};

const WorkloadsBody = (
  props: WorkloadsSectionProps & { view: WorkloadsView },
) => {
  const { view, workloads, entityRef } = props;
  const { params, update } = useUrlState();
  const open = view.workloads.find(
    one => workloadId(one) === params.get('workload'),
  );
  return (
    <ObservedView view={view} what="This Kubernetes cluster">
      <WorkloadFigures view={view} />
      <Section
        title="Workloads"
        note={`${view.title}${
          view.version ? `, Kubernetes ${view.version}` : ''
        }`}
      >
        {view.workloads.length > 0 ? (
          <WorkloadTable
            workloads={view.workloads}
            openId={open && workloadId(open)}
            entityRef={entityRef}
            onOpen={id => update({ workload: id })}
            onChanged={workloads.refetch}
          />
        ) : (
          <EmptyNote text="No workload matches the namespace and label selector of this entity, or config names none." />
        )}
      </Section>
      {open && (
        <WorkloadDrawer
          workload={open}
          view={view}
          span={timeSpanOf(props.range, workloads.updatedAt)}
          entityRef={entityRef}
          onClose={() => update({ workload: undefined })}
          onChanged={workloads.refetch}
        />
      )}
    </ObservedView>
  );
};

/** The workloads that run something, with pods, events and history. */
export const WorkloadsSection = (props: WorkloadsSectionProps) => (
  <ResourceView
    resource={props.workloads}
    what={`workloads on ${props.connection}`}
    skeleton={<FiguresSkeleton />}
    notFound={message => (
      <UnknownConnection
        connection={props.connection}
        message={message}
        annotation={WORKLOADS_ANNOTATION}
      />
    )}
  >
    {view => (
      <Stack>
        <WorkloadsBody {...props} view={view} />
      </Stack>
    )}
  </ResourceView>
);
