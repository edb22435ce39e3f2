import { useEffect, useReducer, useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';
import { describeFailure } from '../failures/describeFailure';
import {
  initialRunEvents,
  lastSequence,
  runEventsReducer,
  type RunEventsAction,
  type RunEventsState,
} from './runEventsReducer';

const WAIT_SECONDS = 15;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** Between two answers that bring nothing, should a proxy not let them wait. */
const LEAST_PAUSE_MS = 1_000;

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Half of the delay is random, so that many pages don't return at once. */
function retryDelayMs(failures: number): number {
  const longest = Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS);
  return longest / 2 + (Math.random() * longest) / 2;
}

/**
 * Follows a run and its log until the run is over. After a break it goes on
 * from the last line that it has seen.
 *
 * @param runId - nothing is followed while it is `undefined`
 * @param initialRun - what is known of the run already
 * @public
 */
export function useRunEvents(
  runId: string | undefined,
  initialRun?: Run,
): RunEventsState {
  const api = useApi(runbooksApiRef);
  const [state, dispatch] = useReducer(runEventsReducer, initialRunEvents);

  // In a ref, because a newer object must not start the following anew.
  const knownRun = useRef(initialRun);
  knownRun.current = initialRun;

  useEffect(() => {
    if (!runId) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    let followed = runEventsReducer(initialRunEvents, {
      type: 'start',
      run: knownRun.current,
    });
    const apply = (action: RunEventsAction) => {
      if (signal.aborted) return;
      followed = runEventsReducer(followed, action);
      dispatch(action);
    };

    const follow = async () => {
      let failures = 0;
      while (!signal.aborted && followed.connection !== 'ended') {
        const askedAtMs = Date.now();
        try {
          const answer = await api.getRunEvents(runId, {
            after: lastSequence(followed),
            // The page is empty until the first answer, so that does not wait.
            waitSeconds: followed.run ? WAIT_SECONDS : 0,
            signal,
          });
          failures = 0;
          apply({ type: 'received', ...answer });
          const tookMs = Date.now() - askedAtMs;
          if (!answer.items.length && tookMs < LEAST_PAUSE_MS) {
            await pause(LEAST_PAUSE_MS - tookMs, signal);
          }
        } catch (thrown) {
          const failure = describeFailure(thrown);
          if (failure.kind === 'denied' || failure.kind === 'not-found') {
            apply({ type: 'failed', failure });
            return;
          }
          apply({ type: 'interrupted', failure });
          await pause(retryDelayMs(failures), signal);
          failures += 1;
        }
      }
    };

    dispatch({ type: 'start', run: knownRun.current });
    follow();
    return () => controller.abort();
  }, [api, runId]);

  return state;
}
