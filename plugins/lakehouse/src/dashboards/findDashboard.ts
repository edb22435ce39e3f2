import type {
  DashboardsView,
  LakehouseDashboard,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** The dashboard that an annotation names, by id, uuid or slug. */
export function findDashboard(
  view: DashboardsView,
  name: string | undefined,
): LakehouseDashboard | undefined {
  return view.dashboards.find(
    ({ id, uuid, slug }) =>
      name !== undefined && [id, uuid, slug].includes(name),
  );
}
