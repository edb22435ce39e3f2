import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { RunbookDetail } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../api';
import { describeFailure, type Failure } from '../failures/describeFailure';

/**
 * A runbook with all that is known of it.
 *
 * @public
 */
export interface RunbookDetailResult {
  readonly detail?: RunbookDetail;
  readonly failure?: Failure;
  retry(): void;
}

/**
 * Reads a runbook with its definition.
 *
 * @param runbookId - nothing is read while it is `undefined`
 * @public
 */
export function useRunbookDetail(
  runbookId: string | undefined,
): RunbookDetailResult {
  const api = useApi(runbooksApiRef);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<RunbookDetailResult, 'retry'>>({});
  const retry = useCallback(() => setRound(count => count + 1), []);

  useEffect(() => {
    if (!runbookId) return undefined;
    let wanted = true;
    setState({});
    api.getRunbook(runbookId).then(
      detail => wanted && setState({ detail }),
      thrown => wanted && setState({ failure: describeFailure(thrown) }),
    );
    return () => {
      wanted = false;
    };
  }, [api, runbookId, round]);

  return { ...state, retry };
}
