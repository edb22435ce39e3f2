import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';
import { describeFailure, type Failure } from '../failures/describeFailure';

const POLL_MS = 3_000;

/**
 * A run as last read.
 *
 * @public
 */
export interface RunResult {
  readonly run?: Run;
  /** Why it could not be read; an older `run` stays. */
  readonly failure?: Failure;
  refresh(): void;
}

/**
 * Reads a run, again and again until it is over. For its log too, use
 * {@link useRunEvents}.
 *
 * @public
 */
export function useRun(runId: string): RunResult {
  const api = useApi(runbooksApiRef);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<RunResult, 'refresh'>>({});
  const refresh = useCallback(() => setRound(count => count + 1), []);

  useEffect(() => {
    let mounted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      try {
        const run = await api.getRun(runId);
        if (!mounted) return;
        setState({ run });
        if (!isFinalRunState(run.state)) timer = setTimeout(read, POLL_MS);
      } catch (thrown) {
        if (!mounted) return;
        const failure = describeFailure(thrown);
        setState(({ run }) => ({
          run: run?.id === runId ? run : undefined,
          failure,
        }));
        if (failure.kind === 'unreachable' || failure.kind === 'server') {
          timer = setTimeout(read, POLL_MS);
        }
      }
    };
    read();
    return () => {
      mounted = false;
      clearTimeout(timer);
    };
  }, [api, runId, round]);

  return { ...state, refresh };
}
