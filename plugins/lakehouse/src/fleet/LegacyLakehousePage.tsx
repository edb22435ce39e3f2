import { PageWithHeader } from '@backstage/core-components';
import { LakehousePageContent } from './LakehousePageContent';

/** The `/lakehouse` page with a header of its own, as the old frontend system wants it. */
export const LegacyLakehousePage = () => (
  <PageWithHeader
    themeId="tool"
    title="Lakehouse"
    subtitle="What needs attention in all systems, worst first"
  >
    <LakehousePageContent />
  </PageWithHeader>
);
