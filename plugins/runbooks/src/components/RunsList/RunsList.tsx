import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';
import { RunFilters } from './RunFilters';
import {
  formatRunListUrl,
  parseRunListUrl,
  toRunFilter,
  type RunListView,
} from './runListUrl';
import { RunsTable } from './RunsTable';
import { useRuns } from './useRuns';

/** All runs, newest first, narrowed by what the page's address says. */
export function RunsList() {
  const api = useApi(runbooksApiRef);
  const identityApi = useApi(identityApiRef);
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => parseRunListUrl(params), [params]);
  const filter = useMemo(() => toRunFilter(view), [view]);
  const runs = useRuns(filter);
  // The filters work without these two, only less comfortably.
  const runbooks = useAsync(() => api.getRunbooks(), [api]);
  const viewer = useAsync(
    () => identityApi.getBackstageIdentity(),
    [identityApi],
  );

  const change = useCallback(
    (part: Partial<RunListView>) =>
      setParams(
        before =>
          formatRunListUrl({ ...parseRunListUrl(before), page: 0, ...part }),
        { replace: true },
      ),
    [setParams],
  );

  return (
    <>
      <RunFilters
        view={view}
        runbooks={runbooks.value?.items ?? []}
        viewer={viewer.value?.userEntityRef}
        onChange={change}
      />
      <RunsTable
        runs={runs}
        page={view.page}
        filtered={params.toString() !== ''}
        onPage={page => change({ page })}
        onShowAll={() => setParams({}, { replace: true })}
      />
    </>
  );
}
