import { evaluate } from './promql/evaluate';
import { parsePromQl } from './promql/parsePromQl';
import type { PrometheusWorld, SimulatedRule } from './PrometheusWorld';

/** How far back it is looked when an alert began. */
const LOOK_BACK_MS = 3_600_000;
const STEP_MS = 15_000;
const DAY_MS = 86_400_000;

/** Alerts as the rules make them now: since when, and whether long enough to fire. */
export function alertsOf(world: PrometheusWorld) {
  return world.rules.flatMap(rule => alertsOfRule(world, rule));
}

function alertsOfRule(world: PrometheusWorld, rule: SimulatedRule) {
  const nowMs = world.nowMs();
  const expression = parsePromQl(rule.expr);
  const keysAt = (ms: number) => {
    const value = evaluate(world, expression, ms);
    const samples = value.type === 'vector' ? value.samples : [];
    return new Map(
      samples.map(sample => [JSON.stringify(sample.labels), sample]),
    );
  };
  return [...keysAt(nowMs)].map(([key, { labels, value }]) => {
    // On a grid, and the point before the first that is true, so that each look tells the same time.
    let beganMs = nowMs - (nowMs % STEP_MS);
    while (nowMs - beganMs < LOOK_BACK_MS && keysAt(beganMs).has(key)) {
      beganMs -= STEP_MS;
    }
    if (nowMs - beganMs >= LOOK_BACK_MS) beganMs = nowMs - (nowMs % DAY_MS);
    const { __name__: _, ...rest } = labels;
    return {
      labels: { alertname: rule.alert, ...rest, ...rule.labels },
      annotations: rule.annotations,
      state: nowMs - beganMs >= rule.forMs ? 'firing' : 'pending',
      activeAt: new Date(beganMs).toISOString(),
      value: value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2'),
    };
  });
}
