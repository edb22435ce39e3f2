import { Header, Page, TabbedLayout } from '@backstage/core-components';
import { useWaitingApprovals } from '../reads/useWaitingApprovals';
import { countForMe } from './Approvals/ApprovalsForMe';
import { ApprovalsList } from './Approvals/ApprovalsList';
import { CataloguePage } from './Catalogue/CataloguePage';
import { AllStopButton } from './Pauses/AllStopButton';
import { PauseBanner } from './Pauses/PauseBanner';
import { RunsRoutes } from './RunsRoutes';

/** The page with its own header and tabs, for the old frontend system. */
export function LegacyPage() {
  const { value } = useWaitingApprovals();
  const count = countForMe(value?.items ?? []);
  return (
    <Page themeId="tool">
      <Header title="Runbooks" />
      <TabbedLayout>
        <TabbedLayout.Route path="runs" title="Runs">
          <>
            <PauseBanner />
            <AllStopButton />
            <RunsRoutes />
          </>
        </TabbedLayout.Route>
        <TabbedLayout.Route
          path="approvals"
          title={count ? `Approvals (${count})` : 'Approvals'}
        >
          <>
            <PauseBanner />
            <ApprovalsList />
          </>
        </TabbedLayout.Route>
        <TabbedLayout.Route path="catalogue" title="Catalogue">
          <>
            <PauseBanner />
            <CataloguePage />
          </>
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
}
