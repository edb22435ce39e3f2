import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Run, RunApproval } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';

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

  useEffect(() => {
    if (!asks) return undefined;
    let mounted = true;
    api.getRun(id).then(
      answer => mounted && setRead(answer),
      // The run itself stays on show, and what it waits for says the rest.
      () => mounted && setRead(undefined),
    );
    return () => {
      mounted = false;
    };
  }, [api, id, state, since, asks]);

  return approvals ?? (read?.id === id ? read.approvals : undefined) ?? NONE;
}
