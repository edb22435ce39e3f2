import { Header, Page, TabbedLayout } from '@backstage/core-components';
import { CataloguePage } from './Catalogue/CataloguePage';
import { RunsRoutes } from './RunsRoutes';

/** The page with its own header and tabs, for the old frontend system. */
export function LegacyPage() {
  return (
    <Page themeId="tool">
      <Header title="Runbooks" />
      <TabbedLayout>
        <TabbedLayout.Route path="runs" title="Runs">
          <RunsRoutes />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="catalogue" title="Catalogue">
          <CataloguePage />
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
}
