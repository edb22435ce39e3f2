import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { RunFilter, RunPage } from '@lakehouse-ops/plugin-runbooks-common';
import {
  describeFailure,
  runbooksApiRef,
  useRunChanges,
  type Failure,
} from '@lakehouse-ops/plugin-runbooks-react';

/** A page of runs as last read. */
export interface RunsResult {
  readonly page?: RunPage;
  /** Why it could not be read just now; an older page stays. */
  readonly failure?: Failure;
  readonly readAt?: Date;
  /** The page on show answers an earlier question. */
  readonly outdated: boolean;
  refresh(): void;
}

interface Read {
  readonly filter: RunFilter;
  readonly page?: RunPage;
  readonly failure?: Failure;
  readonly readAt?: Date;
}

/**
 * Reads a page of runs and keeps it fresh.
 *
 * @param filter - the same object for as long as it asks the same
 */
export function useRuns(filter: RunFilter): RunsResult {
  const api = useApi(runbooksApiRef);
  const [round, setRound] = useState(0);
  const [read, setRead] = useState<Read>({ filter });
  const refresh = useCallback(() => setRound(count => count + 1), []);
  useRunChanges(refresh);

  useEffect(() => {
    let wanted = true;
    api.getRuns(filter).then(
      page => wanted && setRead({ filter, page, readAt: new Date() }),
      thrown =>
        wanted &&
        setRead(before => ({
          ...(before.filter === filter ? before : {}),
          filter,
          failure: describeFailure(thrown),
        })),
    );
    return () => {
      wanted = false;
    };
  }, [api, filter, round]);

  const { page, failure, readAt } = read;
  return { page, failure, readAt, outdated: read.filter !== filter, refresh };
}
