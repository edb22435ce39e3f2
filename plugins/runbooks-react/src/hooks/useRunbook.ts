import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  RunbooksApi,
  RunbookSummary,
} from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';
import { describeFailure, type Failure } from '../failures/describeFailure';

const RUNBOOKS_TTL_MS = 60_000;

interface Cached {
  readonly answer: ReturnType<RunbooksApi['getRunbooks']>;
  readonly expiresAtMs: number;
}

const cachedRunbooks = new WeakMap<RunbooksApi, Cached>();

function loadRunbooks(api: RunbooksApi): Cached['answer'] {
  const cached = cachedRunbooks.get(api);
  if (cached && cached.expiresAtMs > Date.now()) return cached.answer;
  const answer = api.getRunbooks();
  cachedRunbooks.set(api, {
    answer,
    expiresAtMs: Date.now() + RUNBOOKS_TTL_MS,
  });
  answer.catch(() => cachedRunbooks.delete(api));
  return answer;
}

/** What is known of one runbook, and how to ask again. */
export interface RunbookState {
  readonly runbook?: RunbookSummary;
  readonly failure?: Failure;
  retry(): void;
}

/** Describes a runbook; all drawers of a page share one call. */
export function useRunbook(runbookId: string): RunbookState {
  const api = useApi(runbooksApiRef);
  const [state, setState] = useState<Omit<RunbookState, 'retry'>>({});
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt(count => count + 1), []);

  useEffect(() => {
    let mounted = true;
    setState({});
    loadRunbooks(api).then(
      ({ items }) => {
        if (!mounted) return;
        const runbook = items.find(({ id }) => id === runbookId);
        setState(
          runbook
            ? { runbook }
            : {
                failure: {
                  kind: 'not-found',
                  message: `The backend knows no runbook "${runbookId}". Ask who runs this Backstage to install the module that provides it.`,
                },
              },
        );
      },
      thrown => mounted && setState({ failure: describeFailure(thrown) }),
    );
    return () => {
      mounted = false;
    };
  }, [api, runbookId, attempt]);

  return { ...state, retry };
}
