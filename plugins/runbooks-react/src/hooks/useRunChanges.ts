import { useEffect, useRef } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';
import {
  RUNBOOKS_SIGNALS_CHANNEL,
  type RunbooksSignal,
} from '@lakehouse-ops/plugin-runbooks-common';

const POLL_MS = 10_000;
/** Signals can get lost on the way; this catches up. */
const POLL_BESIDE_SIGNALS_MS = 60_000;

/**
 * Calls back whenever runs may have changed: at once by signal where the app
 * has signals, else by polling. Nothing is polled for a page that is hidden.
 *
 * @public
 */
export function useRunChanges(onChange: () => void): void {
  const { lastSignal, isSignalsAvailable } = useSignal<RunbooksSignal>(
    RUNBOOKS_SIGNALS_CHANNEL,
  );
  const latest = useRef(onChange);
  latest.current = onChange;

  useEffect(() => {
    if (lastSignal) latest.current();
  }, [lastSignal]);

  useEffect(() => {
    const timer = setInterval(
      () => {
        if (!document.hidden) latest.current();
      },
      isSignalsAvailable ? POLL_BESIDE_SIGNALS_MS : POLL_MS,
    );
    return () => clearInterval(timer);
  }, [isSignalsAvailable]);
}
