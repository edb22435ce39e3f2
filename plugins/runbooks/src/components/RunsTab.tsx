import { RunbooksFrame } from './RunbooksFrame';
import { RunsRoutes } from './RunsRoutes';

/** Runs, under the header that the new frontend system draws. */
export function RunsTab() {
  return (
    <RunbooksFrame>
      <RunsRoutes />
    </RunbooksFrame>
  );
}
