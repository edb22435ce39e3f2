import { NotFoundError } from '@backstage/errors';
import {
  isFinalRunState,
  type Run,
  type RunEvent,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunNotifier } from '../engine/RunNotifier';
import type { RunStore } from '../store/RunStore';

const MAX_EVENTS = 500;
/** How soon a change that another replica made is seen. */
const LOOK_AGAIN_MS = 1000;

/**
 * The log of a run from a place on, as soon as there is any, or when the time
 * is up. A run that is over has no more to wait for.
 */
export async function waitForEvents(options: {
  store: RunStore;
  notifier: RunNotifier;
  runId: string;
  after: number;
  waitMs: number;
  signal: AbortSignal;
}): Promise<{ items: RunEvent[]; run: Run }> {
  const { store, notifier, runId, after, waitMs, signal } = options;
  const until = Date.now() + waitMs;
  for (;;) {
    // The run first: what it then says of its end includes all events before.
    const record = await store.getRun(runId);
    if (!record) throw new NotFoundError(`There is no run ${runId}.`);
    const items = await store.getEvents({ runId, after, limit: MAX_EVENTS });
    const left = until - Date.now();
    const over = isFinalRunState(record.run.state);
    if (items.length > 0 || over || left <= 0 || signal.aborted) {
      return { items, run: record.run };
    }
    const timeoutMs = Math.min(left, LOOK_AGAIN_MS);
    await notifier.wait({ runId, timeoutMs, signal });
  }
}
