import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Run, RunApproval } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';
import { useRunChanges } from './useRunChanges';

const NONE: readonly RunApproval[] = [];

/**
 * What was said so far to a run that asks for approval. Only the answer to one
 * run tells it, so a run that came from elsewhere is read once more.
 *
 * @public
 */
export function useRunApprovals(run: Run): readonly RunApproval[] {
  const api = useApi(runbooksApiRef);
  const [read, setRead] = useState<Run>();
  const { id, state, approvals } = run;
  const asks = approvals === undefined;
  const since = run.waitingFor?.since;

  // Somebody else may answer meanwhile, and the run still wait for more.
  const [round, setRound] = useState(0);
  const mayChange = asks && state === 'waiting';
  useRunChanges(
    useCallback(() => {
      if (mayChange) setRound(count => count + 1);
    }, [mayChange]),
  );

  useEffect(() => {
    if (!asks) return undefined;
    let mounted = true;
    api.getRun(id).then(
      answer => mounted && setRead(answer),
      // What was read stays; the run itself is on show and followed anyway.
      () => {},
    );
    return () => {
      mounted = false;
    };
  }, [api, id, state, since, asks, round]);

  return approvals ?? (read?.id === id ? read.approvals : undefined) ?? NONE;
}
