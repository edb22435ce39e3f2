import {
  canFire,
  nextAlertState,
  type AlertMachine,
  type AlertReading,
  type AlertStep,
  type BurnRateReading,
  type SloAlertState,
  type SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { conditionsOf, type PolicyCondition } from './conditionsOf';
import type { OpenAlert } from './OpenAlert';

/** How a condition was shown last. */
export interface ShownState {
  readonly state: SloAlertState;
  readonly sinceMs: number;
}

/** A condition as it is judged now. */
export interface JudgedCondition extends PolicyCondition {
  readonly reading: BurnRateReading;
  readonly step: AlertStep;
  /** Where it stood before, if it was pending or fired. */
  readonly alert?: OpenAlert;
}

/** Steps the state machine of each condition of an SLO. */
export function judgeConditions(options: {
  definition: SloDefinition;
  /** Burn rate over a lookback of so many ms. */
  rate: (lookbackMs: number) => number | undefined;
  observed: Pick<AlertReading, 'observed' | 'partly'>;
  /** By condition key. */
  open: ReadonlyMap<string, OpenAlert>;
  shown: ReadonlyMap<string, ShownState>;
  nowMs: number;
}): JudgedCondition[] {
  const { definition, rate, observed, open, shown, nowMs } = options;
  return conditionsOf(definition).map(each => {
    const { key, condition } = each;
    const check = fireCheck(definition, each);
    const long = rate(condition.longMs);
    const short =
      condition.shortMs === undefined ? undefined : rate(condition.shortMs);
    const alert = open.get(key);
    const step = nextAlertState(
      machineOf({ alert, shown: shown.get(key), nowMs }),
      { ...observed, long, short, canFire: check.fires },
      { condition, nowMs },
    );
    return {
      ...each,
      alert,
      step,
      reading: {
        condition: key,
        severity: condition.severity,
        factor: condition.factor,
        longMs: condition.longMs,
        ...(condition.shortMs === undefined
          ? {}
          : { shortMs: condition.shortMs }),
        ...(long === undefined ? {} : { long }),
        ...(short === undefined ? {} : { short }),
        state: step.machine.state,
        since: new Date(step.machine.sinceMs).toISOString(),
        ...(check.fires ? {} : { note: check.note }),
      },
    };
  });
}

/** Of composites with the highest target and all weights, so that what is called unfireable surely is. */
function fireCheck(
  { objectives }: SloDefinition,
  { condition, key }: PolicyCondition,
) {
  const target = Math.max(...objectives.map(each => each.target));
  const weight =
    objectives.length === 1
      ? 1
      : objectives.reduce((sum, each) => sum + Math.max(0, each.weight), 0);
  return canFire({ ...condition, name: key }, target, weight);
}

/** What the state machine kept: of alerts in their row, of others in what was shown. */
function machineOf(options: {
  alert: OpenAlert | undefined;
  shown: ShownState | undefined;
  nowMs: number;
}): AlertMachine | undefined {
  const { alert, shown, nowMs } = options;
  if (!alert) {
    return (
      shown && {
        // What was shown as firing has ended since, by a change from outside.
        state: isOpen(shown.state) ? 'inactive' : shown.state,
        sinceMs: isOpen(shown.state) ? nowMs : shown.sinceMs,
        phase: 'inactive',
        heldMs: 0,
        evaluatedAtMs: nowMs,
      }
    );
  }
  const { state: phase, heldMs, pendingAtMs, firedAtMs, lookedAtMs } = alert;
  const frozen = shown?.state === 'frozen';
  return {
    state: frozen ? 'frozen' : phase,
    sinceMs: frozen ? shown.sinceMs : firedAtMs ?? pendingAtMs,
    phase,
    heldMs,
    pendingAtMs,
    firedAtMs,
    evaluatedAtMs: lookedAtMs,
  };
}

function isOpen(state: SloAlertState): boolean {
  return state === 'pending' || state === 'firing';
}
