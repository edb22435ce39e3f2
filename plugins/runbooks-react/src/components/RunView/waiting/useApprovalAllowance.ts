import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Allowance } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../../../api';
import {
  describeFailure,
  type Failure,
} from '../../../failures/describeFailure';

/** Whether the viewer may decide about a run. */
export interface ApprovalAllowance {
  readonly status: 'loading' | 'known' | 'unknown';
  /** With `known`. */
  readonly allowance?: Allowance;
  /** With `unknown`, when that is because nothing answered. */
  readonly failure?: Failure;
  retry(): void;
}

/**
 * Asks whether the viewer may approve a run. When that can't be told the
 * backend still decides, as soon as they try.
 */
export function useApprovalAllowance(
  runId: string,
  previewHash: string,
): ApprovalAllowance {
  const api = useApi(runbooksApiRef);
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<ApprovalAllowance, 'retry'>>({
    status: 'loading',
  });
  const retry = useCallback(() => setRound(count => count + 1), []);

  useEffect(() => {
    let mounted = true;
    api.getWaitingApprovals().then(
      ({ items }) => {
        if (!mounted) return;
        const own = items.find(({ run }) => run.id === runId);
        setState(
          own
            ? { status: 'known', allowance: own.decide }
            : { status: 'unknown' },
        );
      },
      thrown =>
        mounted &&
        setState({ status: 'unknown', failure: describeFailure(thrown) }),
    );
    return () => {
      mounted = false;
    };
  }, [api, runId, previewHash, round]);

  return { ...state, retry };
}
