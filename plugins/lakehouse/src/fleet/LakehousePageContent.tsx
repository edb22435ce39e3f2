import { Content } from '@backstage/core-components';
import { LakehouseFleet } from './LakehouseFleet';

/** The `/lakehouse` page below its header. */
export const LakehousePageContent = () => (
  <Content>
    <LakehouseFleet />
  </Content>
);
