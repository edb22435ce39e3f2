import { Route, Routes } from 'react-router-dom';
import { Content } from '@backstage/core-components';
import { SlosPage } from '../slo';
import { applyUrlPatch } from '../url';
import { FLEET_TABS, FleetTab, fleetTabPatch } from './fleetTabs';
import { LakehouseFleet } from './LakehouseFleet';

const searchOf = (tab: FleetTab) =>
  `?${applyUrlPatch(new URLSearchParams(), fleetTabPatch(tab))}`;

/** The `/lakehouse` page below its header. */
export const LakehousePageContent = () => (
  <Content>
    <Routes>
      <Route
        path="slos"
        element={<SlosPage tabs={FLEET_TABS} tab="slos" searchOf={searchOf} />}
      />
      <Route path="*" element={<LakehouseFleet />} />
    </Routes>
  </Content>
);
