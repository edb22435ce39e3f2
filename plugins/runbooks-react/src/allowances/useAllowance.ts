import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Allowance,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';
import { ALLOWANCE_TTL_MS, AllowanceStore } from './AllowanceStore';

/**
 * Whether the viewer may run a runbook on a target; `undefined` while that is
 * not known. A refusal is asked again from time to time, because it may be
 * the system that could not do it just now.
 */
export function useAllowance(options: {
  runbookId: string;
  target: RunTarget;
}): Allowance | undefined {
  const api = useApi(runbooksApiRef);
  const { runbookId } = options;
  const { system, connection, kind, name } = options.target;
  const [allowance, setAllowance] = useState<Allowance>();

  useEffect(() => {
    let mounted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const again = () => {
        if (mounted) timer = setTimeout(ask, ALLOWANCE_TTL_MS + 1_000);
      };
      try {
        const answer = await AllowanceStore.for(api).ask({
          runbookId,
          target: { system, connection, kind, name },
        });
        if (!mounted) return;
        setAllowance(answer);
        if (!answer.allowed) again();
      } catch {
        // The drawer asks for the same again, and has room to say what failed.
        if (mounted) setAllowance(undefined);
        again();
      }
    };
    ask();
    return () => {
      mounted = false;
      clearTimeout(timer);
    };
  }, [api, runbookId, system, connection, kind, name]);

  return allowance;
}
