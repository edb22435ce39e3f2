import type { BurnRateCondition } from '../definition';
import type { SloAlertState } from '../views';
import { meetsBurnRate } from './burnRateConditions';
import { MINUTE_MS } from './MsSpan';

/** After so long without anything observed figures are stale and alerts freeze. @public */
export const STALE_AFTER_MS = 5 * MINUTE_MS;
/** Time that was not looked at counts as held for no longer than this. */
const MAX_STEP_MS = 5 * MINUTE_MS;

const ENDS = {
  inactive: undefined,
  pending: 'cancelled',
  firing: 'resolved',
} as const;

/** Burn rates at a moment, and whether its figures are fresh. @public */
export interface AlertReading {
  /** Absent when there was nothing to count in the lookback. */
  readonly long?: number;
  readonly short?: number;
  /** False when nothing was observed lately: the state freezes. */
  readonly observed: boolean;
  /** Of composites: some of its objectives were not observed. It may fire, but not resolve. */
  readonly partly?: boolean;
  /** False when the factor is beyond what the target allows. */
  readonly canFire?: boolean;
}

/** What an alert's state machine keeps from one evaluation to the next. @public */
export interface AlertMachine {
  /** As shown. */
  readonly state: SloAlertState;
  /** Epoch ms since when it is in that state. */
  readonly sinceMs: number;
  /** Where it stands beneath a frozen state. */
  readonly phase: 'inactive' | 'pending' | 'firing';
  /** How long the condition held while it was looked at. */
  readonly heldMs: number;
  readonly pendingAtMs?: number;
  readonly firedAtMs?: number;
  /** Epoch ms of the newest evaluation. */
  readonly evaluatedAtMs: number;
}

/** @public */
export interface AlertStep {
  readonly machine: AlertMachine;
  /** `cancelled`: the condition ceased before its hold time was over. */
  readonly transition?: 'pending' | 'firing' | 'resolved' | 'cancelled';
}

/**
 * Whether the condition holds: the long and, where there is one, the short
 * lookback meet the factor. Without anything to count it does not hold.
 *
 * @public
 */
export function conditionHolds(
  condition: Pick<BurnRateCondition, 'op' | 'factor' | 'shortMs'>,
  reading: Pick<AlertReading, 'long' | 'short'>,
): boolean {
  const { op, factor, shortMs } = condition;
  const meets = (rate: number | undefined) =>
    rate !== undefined &&
    Number.isFinite(rate) &&
    meetsBurnRate(op, rate, factor);
  return meets(reading.long) && (shortMs === undefined || meets(reading.short));
}

/**
 * Next state of an alert: inactive → pending (the condition holds) → firing (it
 * held for `alertAfterMs`) → inactive again as soon as it holds no more. Without
 * hold time it fires at once. While nothing is observed the state freezes: it
 * neither fires nor resolves and the hold time stands still. A clock that jumps
 * back adds no hold time, and one that jumps ahead at most five minutes.
 *
 * @param previous - of the evaluation before; undefined at the first
 * @public
 */
export function nextAlertState(
  previous: AlertMachine | undefined,
  reading: AlertReading,
  context: {
    readonly condition: Pick<
      BurnRateCondition,
      'op' | 'factor' | 'shortMs' | 'alertAfterMs'
    >;
    readonly nowMs: number;
  },
): AlertStep {
  const { condition, nowMs } = context;
  const before: AlertMachine = previous ?? {
    state: 'inactive',
    sinceMs: nowMs,
    phase: 'inactive',
    heldMs: 0,
    evaluatedAtMs: nowMs,
  };
  const become = (
    next: Pick<AlertMachine, 'phase' | 'heldMs'> &
      Pick<AlertMachine, 'pendingAtMs' | 'firedAtMs'>,
    state: SloAlertState,
    transition?: AlertStep['transition'],
  ): AlertStep => ({
    machine: {
      ...next,
      state,
      sinceMs: state === before.state ? before.sinceMs : nowMs,
      evaluatedAtMs: nowMs,
    },
    transition,
  });

  const holds = conditionHolds(condition, reading);
  const mayNotResolve =
    reading.partly === true && !holds && before.phase !== 'inactive';
  if (!reading.observed || mayNotResolve) {
    const { phase, heldMs, pendingAtMs, firedAtMs } = before;
    return become({ phase, heldMs, pendingAtMs, firedAtMs }, 'frozen');
  }
  if (!holds) {
    const transition = ENDS[before.phase];
    return become(
      { phase: 'inactive', heldMs: 0 },
      reading.canFire === false ? 'unfireable' : 'inactive',
      transition,
    );
  }

  if (before.phase === 'firing') {
    const { heldMs, pendingAtMs, firedAtMs } = before;
    return become(
      { phase: 'firing', heldMs, pendingAtMs, firedAtMs },
      'firing',
    );
  }
  const waited = before.phase === 'pending' && before.state !== 'frozen';
  const heldMs =
    before.heldMs +
    (waited
      ? Math.min(MAX_STEP_MS, Math.max(0, nowMs - before.evaluatedAtMs))
      : 0);
  const pendingAtMs = before.pendingAtMs ?? nowMs;
  if (heldMs >= condition.alertAfterMs) {
    return become(
      { phase: 'firing', heldMs, pendingAtMs, firedAtMs: nowMs },
      'firing',
      'firing',
    );
  }
  return become(
    { phase: 'pending', heldMs, pendingAtMs },
    'pending',
    before.phase === 'pending' ? undefined : 'pending',
  );
}
