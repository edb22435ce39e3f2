import { Content } from '@backstage/core-components';
import { RunsRoutes } from './RunsRoutes';

/** Runs, under the header that the new frontend system draws. */
export function RunsTab() {
  return (
    <Content>
      <RunsRoutes />
    </Content>
  );
}
