import { useCallback, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Preview, Run } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';
import { describeFailure, type Failure } from '../failures/describeFailure';
import { newIdempotencyKey } from './newIdempotencyKey';

interface Attempt {
  readonly previewId: string;
  readonly previewHash: string;
  readonly idempotencyKey: string;
}

interface State {
  readonly starting: boolean;
  readonly failure?: Failure;
  /**
   * The last try got no answer, so the run may have started. Trying again
   * sends the very same request, which can't start a second one.
   */
  readonly unanswered: boolean;
}

/** Starting a run, and what became of it. */
export interface StartRunState extends State {
  /** Confirms a preview. Does nothing while a start is under way. */
  start(preview: Preview): void;
  /** Sends the unanswered request again. */
  retry(): void;
}

const AT_REST: State = { starting: false, unanswered: false };

/**
 * Starts at most one run for each confirmation, however often the button is
 * pressed and however the network behaves.
 */
export function useStartRun(onStarted: (run: Run) => void): StartRunState {
  const api = useApi(runbooksApiRef);
  const attempt = useRef<Attempt>();
  const busy = useRef(false);
  const [state, setState] = useState<State>(AT_REST);

  const send = useCallback(async () => {
    if (busy.current || !attempt.current) return;
    busy.current = true;
    setState({ starting: true, unanswered: false });
    try {
      const run = await api.startRun(attempt.current);
      attempt.current = undefined;
      setState(AT_REST);
      onStarted(run);
    } catch (thrown) {
      const failure = describeFailure(thrown);
      const unanswered =
        failure.kind === 'unreachable' || failure.kind === 'server';
      if (!unanswered) attempt.current = undefined;
      setState({ starting: false, failure, unanswered });
    } finally {
      busy.current = false;
    }
  }, [api, onStarted]);

  const start = useCallback(
    (preview: Preview) => {
      attempt.current ??= {
        previewId: preview.id,
        previewHash: preview.hash,
        idempotencyKey: newIdempotencyKey(),
      };
      send();
    },
    [send],
  );

  return { ...state, start, retry: send };
}
