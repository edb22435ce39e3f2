import type { SloAlertPolicy } from '@lakehouse-ops/plugin-lakehouse-common';
import type { StoredSlo } from '../definitions/SloBook';
import type { AlertChange } from './AlertChange';
import { policiesOf } from './conditionsOf';
import type { JudgedCondition } from './judgeConditions';
import type { OpenAlert } from './OpenAlert';
import { subjectOf } from './subjectOf';

/** Condition of policies that want to know when nothing is observed. */
export const NO_DATA = 'no-data';
const NO_DATA_SEVERITY = 'ticket';

/**
 * What an evaluation changes of an SLO's alerts. An alert whose condition its
 * owners took away ends as `definition-changed`, even while nothing is observed;
 * so does one whose changed definition does not hold any more.
 */
export function planAlertChanges(options: {
  slo: StoredSlo;
  conditions: readonly JudgedCondition[];
  open: readonly OpenAlert[];
  /** Whether figures are as new as they should be. */
  observed: boolean;
  sentence: string;
}): AlertChange[] {
  const { slo, conditions, open, sentence } = options;
  const wanted = new Set(conditions.map(({ key }) => key));
  const gone = open.filter(
    ({ condition }) => condition !== NO_DATA && !wanted.has(condition),
  );
  return [
    ...conditions.flatMap(condition => changesOf(condition, slo, sentence)),
    ...gone.map(alert => endOf(alert, 'definition-changed', sentence)),
    ...noDataChanges(options),
  ];
}

/** What is left of an SLO that is gone. */
export function endRemoved(open: readonly OpenAlert[]): AlertChange[] {
  return open.map(alert => endOf(alert, 'removed', ''));
}

function endOf(
  alert: OpenAlert,
  resolution: 'recovered' | 'definition-changed' | 'removed',
  sentence: string,
): AlertChange {
  return alert.state === 'firing'
    ? { type: 'resolve', alert, resolution, sentence }
    : { type: 'drop', alert };
}

function changesOf(
  judged: JudgedCondition,
  slo: StoredSlo,
  sentence: string,
): AlertChange[] {
  const { alert, step, key, condition, policy } = judged;
  const { machine, transition } = step;
  const subject = subjectOf(slo, policy);
  if (!alert) {
    if (transition !== 'pending' && transition !== 'firing') return [];
    const beginning = {
      sloId: slo.id,
      condition: key,
      severity: condition.severity,
      definitionVersion: slo.version,
      explanation: sentence,
      subject,
    };
    return [{ type: 'begin', beginning, state: transition }];
  }
  if (transition === 'cancelled') return [{ type: 'drop', alert }];
  if (transition === 'resolved') {
    const isChanged = alert.definitionVersion !== slo.version;
    return [
      endOf(alert, isChanged ? 'definition-changed' : 'recovered', sentence),
    ];
  }
  if (transition === 'firing') {
    return [{ type: 'fire', alert, explanation: sentence, subject }];
  }
  const goesOn =
    machine.phase === 'firing' &&
    alert.definitionVersion === slo.version &&
    alert.severity === condition.severity;
  if (goesOn || machine.state === 'frozen') return [];
  return [
    {
      type: 'adopt',
      alert,
      severity: condition.severity,
      definitionVersion: slo.version,
      heldMs: machine.heldMs,
      subject,
    },
  ];
}

function noDataChanges(options: {
  slo: StoredSlo;
  open: readonly OpenAlert[];
  observed: boolean;
  sentence: string;
}): AlertChange[] {
  const { slo, open, observed, sentence } = options;
  const policies = policiesOf(slo.definition).filter(
    ({ whenNoData }) => whenNoData,
  );
  const alert = open.find(({ condition }) => condition === NO_DATA);
  if (alert) {
    if (!policies.length) return [endOf(alert, 'definition-changed', sentence)];
    return observed ? [endOf(alert, 'recovered', sentence)] : [];
  }
  if (observed || !policies.length) return [];
  const beginning = {
    sloId: slo.id,
    condition: NO_DATA,
    severity: policies[0].conditions[0]?.severity ?? NO_DATA_SEVERITY,
    definitionVersion: slo.version,
    explanation: sentence,
    subject: subjectOf(slo, together(policies)),
  };
  return [{ type: 'begin', beginning, state: 'firing' }];
}

/** One alert tells all of them. */
function together(policies: readonly SloAlertPolicy[]): SloAlertPolicy {
  return {
    ...policies[0],
    targets: [...new Set(policies.flatMap(({ targets }) => targets))],
    whenBreaching: true,
    whenResolved: policies.some(({ whenResolved }) => whenResolved),
  };
}
