import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import { ActionBar } from '../components/layout';
import { RunbookAction } from '../components/RunbookAction';
import { workloadRun } from './workloadActions';

/** What can be done about a workload. Scaling stands where config allows it. */
export const WorkloadActions = (props: {
  workload: Workload;
  entityRef?: string;
  onRunEnded: () => void;
}) => {
  const { workload } = props;
  const shared = {
    ...workloadRun(workload),
    entityRef: props.entityRef,
    onRunEnded: props.onRunEnded,
  };
  return (
    <ActionBar>
      {workload.scalable && (
        <RunbookAction
          {...shared}
          runbookId="kubernetes:scale-workload"
          label={`Scale (${workload.scalable.min}–${workload.scalable.max})`}
        />
      )}
      <RunbookAction
        {...shared}
        runbookId="kubernetes:restart-workload"
        label="Restart"
      />
    </ActionBar>
  );
};
