import {
  type AlertMachine,
  type AlertReading,
  conditionHolds,
  nextAlertState,
} from './nextAlertState';

const MINUTE_MS = 60_000;
const HIGH: AlertReading = { long: 20, short: 20, observed: true };
const LOW: AlertReading = { long: 1, short: 1, observed: true };
const EMPTY: AlertReading = { observed: true };
const BLIND: AlertReading = { observed: false };

function condition(alertAfterMinutes: number) {
  return {
    op: 'gte',
    factor: 14.4,
    shortMs: 5 * MINUTE_MS,
    alertAfterMs: alertAfterMinutes * MINUTE_MS,
  } as const;
}

/** Steps a machine, a minute each unless told, and tells state and transition of each step. */
function run(
  readings: ReadonlyArray<AlertReading | [AlertReading, number]>,
  alertAfterMinutes = 0,
): { told: string[]; machine?: AlertMachine } {
  let machine: AlertMachine | undefined;
  let nowMs = 0;
  const told = readings.map(entry => {
    const [reading, minutes] = Array.isArray(entry) ? entry : [entry, 1];
    nowMs += minutes * MINUTE_MS;
    const step = nextAlertState(machine, reading, {
      condition: condition(alertAfterMinutes),
      nowMs,
    });
    machine = step.machine;
    return [machine.state, step.transition].filter(Boolean).join(' > ');
  });
  return { told, machine };
}

describe('alert states', () => {
  it('fire at once without hold time, and resolve at once', () => {
    expect(run([LOW, HIGH, HIGH, LOW, LOW]).told).toEqual([
      'inactive',
      'firing > firing',
      'firing',
      'inactive > resolved',
      'inactive',
    ]);
  });

  it('wait for the hold time', () => {
    expect(run([HIGH, HIGH, HIGH, HIGH], 2).told).toEqual([
      'pending > pending',
      'pending',
      'firing > firing',
      'firing',
    ]);
  });

  it('begin to wait anew when the condition ceased', () => {
    expect(run([HIGH, HIGH, LOW, HIGH, HIGH, HIGH], 2).told).toEqual([
      'pending > pending',
      'pending',
      'inactive > cancelled',
      'pending > pending',
      'pending',
      'firing > firing',
    ]);
  });

  it('freeze while nothing is observed: firing goes on, inactive stays', () => {
    expect(run([HIGH, BLIND, BLIND, HIGH, BLIND, LOW]).told).toEqual([
      'firing > firing',
      'frozen',
      'frozen',
      'firing',
      'frozen',
      'inactive > resolved',
    ]);
    expect(run([BLIND, BLIND, LOW]).told).toEqual([
      'frozen',
      'frozen',
      'inactive',
    ]);
  });

  it('do not count frozen time as held', () => {
    expect(run([HIGH, HIGH, BLIND, BLIND, BLIND, HIGH, HIGH], 2).told).toEqual([
      'pending > pending',
      'pending',
      'frozen',
      'frozen',
      'frozen',
      'pending',
      'firing > firing',
    ]);
  });

  it('resolve when there was nothing to count though the source was observed', () => {
    expect(run([HIGH, EMPTY]).told).toEqual([
      'firing > firing',
      'inactive > resolved',
    ]);
  });

  it('may fire, but not resolve, while some objectives of a composite are not observed', () => {
    const partlyHigh = { ...HIGH, partly: true };
    const partlyLow = { ...LOW, partly: true };
    expect(run([partlyLow, partlyHigh, partlyLow, LOW]).told).toEqual([
      'inactive',
      'firing > firing',
      'frozen',
      'inactive > resolved',
    ]);
  });

  it('say that they can not fire', () => {
    expect(run([{ ...LOW, canFire: false }]).told).toEqual(['unfireable']);
  });

  it('add no hold time when the clock jumps back, and five minutes when it jumps ahead', () => {
    expect(run([HIGH, [HIGH, -600], [HIGH, 1], [HIGH, 1]], 2).told).toEqual([
      'pending > pending',
      'pending',
      'pending',
      'firing > firing',
    ]);
    const { machine } = run([HIGH, [HIGH, 600]], 6);
    expect(machine?.state).toBe('pending');
    expect(machine?.heldMs).toBe(5 * MINUTE_MS);
  });

  it('remember when it was pending and when it fired', () => {
    const { machine } = run([LOW, HIGH, HIGH, HIGH, BLIND, HIGH], 1);
    expect(machine).toEqual({
      state: 'firing',
      phase: 'firing',
      sinceMs: 6 * MINUTE_MS,
      heldMs: MINUTE_MS,
      pendingAtMs: 2 * MINUTE_MS,
      firedAtMs: 3 * MINUTE_MS,
      evaluatedAtMs: 6 * MINUTE_MS,
    });
    expect(run([HIGH, LOW]).machine).toEqual({
      state: 'inactive',
      phase: 'inactive',
      sinceMs: 2 * MINUTE_MS,
      heldMs: 0,
      evaluatedAtMs: 2 * MINUTE_MS,
    });
  });
});

describe('a condition', () => {
  it.each<[number | undefined, number | undefined, boolean]>([
    [14.4, 14.4, true],
    [14.39, 20, false],
    [20, 14.39, false],
    [undefined, 20, false],
    [20, undefined, false],
    [NaN, 20, false],
    [Infinity, 20, false],
  ])('long %s, short %s: %s', (long, short, holds) => {
    expect(conditionHolds(condition(0), { long, short })).toBe(holds);
  });

  it('without a short lookback goes by the long one', () => {
    expect(
      conditionHolds({ ...condition(0), shortMs: undefined }, { long: 15 }),
    ).toBe(true);
  });
});
