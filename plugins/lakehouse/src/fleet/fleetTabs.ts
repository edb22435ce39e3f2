import type {
  ConnectionView,
  LakehouseSystem,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { UrlPatch } from '../url';

/** The parts of the `/lakehouse` page. */
export const FLEET_TABS = [
  { name: 'clusters', title: 'Clusters' },
  { name: 'tables', title: 'Tables' },
  { name: 'caches', title: 'Caches' },
  { name: 'dashboards', title: 'Dashboards' },
  { name: 'workloads', title: 'Workloads' },
  { name: 'slos', title: 'SLOs' },
  { name: 'timeline', title: 'Timeline' },
] as const;

export type FleetTab = (typeof FLEET_TABS)[number]['name'];

/** What belongs to one part and goes when another is shown. */
const TAB_PARAMS = [
  'on',
  'cluster',
  'open',
  'prefix',
  'stampede',
  'alert',
  'dashboard',
  'workload',
  'kind',
  'slo',
  'at',
  'span',
  'show',
  'owner',
  'system',
  'group',
  'text',
  'status',
  'sort',
  'order',
  'page',
] as const;

/** The part that a URL asks for. Links from before there were parts name a table or a cluster only. */
export function readFleetTab(params: URLSearchParams): FleetTab {
  const named = FLEET_TABS.find(({ name }) => name === params.get('tab'));
  if (named) return named.name;
  return params.has('open') && !params.has('cluster') ? 'tables' : 'clusters';
}

/** The patch that shows a part, with something of it open. */
export function fleetTabPatch(tab: FleetTab, patch: UrlPatch = {}): UrlPatch {
  return {
    ...Object.fromEntries(TAB_PARAMS.map(name => [name, undefined])),
    tab: tab === 'clusters' ? undefined : tab,
    ...patch,
  };
}

const TAB_OF_SYSTEM: Record<LakehouseSystem, FleetTab> = {
  trino: 'clusters',
  redis: 'caches',
  superset: 'dashboards',
  kubernetes: 'workloads',
  prometheus: 'clusters',
  'trino-gateway': 'clusters',
};

/** The patch that shows a connection. */
export function connectionPatch(connection: ConnectionView): UrlPatch {
  const { id, system } = connection;
  return fleetTabPatch(
    TAB_OF_SYSTEM[system],
    system === 'trino' ? { cluster: id } : { on: id },
  );
}
