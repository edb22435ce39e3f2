import { setTimeout as sleep } from 'node:timers/promises';
import type { RunLog } from '@lakehouse-ops/plugin-runbooks-node';
import type { GatewayWaits } from './actionContext';
import { type Drained, DrainWatch } from './DrainWatch';
import type { QueriesLook } from './lookAtQueries';

/**
 * Waits until the queries of a backend are done that were there when it was taken out.
 * Queries that come to its Trino another way later are not waited for.
 *
 * @throws when the signal is aborted
 */
export async function awaitDrained(options: {
  look: () => Promise<QueriesLook>;
  log: RunLog;
  signal: AbortSignal;
  waitMs: number;
  waits: GatewayWaits;
}): Promise<Drained> {
  const { log, signal, waits } = options;
  const watch = new DrainWatch(waits);
  const untilMs = performance.now() + options.waitMs;
  for (;;) {
    const seen = await options.look();
    const state = watch.add(seen, performance.now());
    if (state.drained) {
      log.progress(1, 'Its queries are done');
      return state;
    }
    log.progress(watch.share, state.message);
    if (performance.now() + waits.everyMs > untilMs) {
      const { remaining, reason } = state;
      return { drained: false, remaining, reason };
    }
    await sleep(waits.everyMs, undefined, { signal });
  }
}
