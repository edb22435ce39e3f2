import type { Run, RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { AnswerWaiting } from './waiting/AnswerWaiting';
import { ApprovalWaiting } from './waiting/ApprovalWaiting';
import { DecisionWaiting } from './waiting/DecisionWaiting';
import { LockWaiting } from './waiting/LockWaiting';
import { PauseWaiting } from './waiting/PauseWaiting';
import { PersonWaiting } from './waiting/PersonWaiting';

/** Another question is another form; the same one keeps what was typed. */
function questionKey(run: Run, waiting: RunWaiting): string {
  return [
    run.id,
    waiting.kind,
    waiting.since,
    'stepId' in waiting ? waiting.stepId : '',
  ].join(' ');
}

function Question({ run, waiting }: { run: Run; waiting: RunWaiting }) {
  switch (waiting.kind) {
    case 'approval':
      return <ApprovalWaiting run={run} waiting={waiting} />;
    case 'answer':
      return <AnswerWaiting run={run} waiting={waiting} />;
    case 'decision':
      return <DecisionWaiting run={run} waiting={waiting} />;
    case 'person':
      return <PersonWaiting run={run} waiting={waiting} />;
    case 'lock':
      return <LockWaiting waiting={waiting} />;
    default:
      return <PauseWaiting waiting={waiting} />;
  }
}

/**
 * What a run waits for, with what the viewer can do about it. Renders nothing
 * for a run that does not wait.
 *
 * @public
 */
export function RunWaitingView({ run }: { run: Run }) {
  const { waitingFor } = run;
  if (run.state !== 'waiting' || !waitingFor) return null;
  return (
    <Question
      key={questionKey(run, waitingFor)}
      run={run}
      waiting={waitingFor}
    />
  );
}
