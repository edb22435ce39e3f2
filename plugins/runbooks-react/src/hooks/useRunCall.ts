import { useCallback, useEffect, useRef, useState } from 'react';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { describeFailure, type Failure } from '../failures/describeFailure';

/** Something that is said to a run, and what became of it. */
export interface RunCall {
  readonly busy: boolean;
  readonly failure?: Failure;
  /** The run as it answered. */
  readonly answer?: Run;
  /** Does nothing while another call is under way. */
  send(call: () => Promise<Run>): void;
}

/** Sends one call at a time, and keeps what it answered or why it failed. */
export function useRunCall(): RunCall {
  const [state, setState] = useState<Omit<RunCall, 'send'>>({ busy: false });
  const busy = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const send = useCallback(async (call: () => Promise<Run>) => {
    if (busy.current) return;
    busy.current = true;
    setState({ busy: true });
    try {
      const answer = await call();
      if (mounted.current) setState({ busy: false, answer });
    } catch (thrown) {
      if (mounted.current) {
        setState({ busy: false, failure: describeFailure(thrown) });
      }
    } finally {
      busy.current = false;
    }
  }, []);

  return { ...state, send };
}
