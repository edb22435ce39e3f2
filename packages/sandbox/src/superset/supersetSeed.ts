import type { SandboxAlert } from './SupersetAlerts';

export interface SandboxDatabase {
  readonly id: number;
  readonly name: string;
  readonly backend: string;
}

export interface SandboxDataset {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly databaseId: number;
  readonly catalog?: string;
  readonly schema: string;
  readonly sql?: string;
  readonly columns: readonly string[];
  readonly cacheTimeoutSeconds?: number;
  changedMs: number;
}

export interface SandboxChart {
  readonly id: number;
  readonly name: string;
  readonly datasetId: number;
  /** Its column, by which its query is told from others. */
  readonly column: string;
  readonly cacheTimeoutSeconds?: number;
  /** Superset has not kept its query. */
  readonly unsaved?: boolean;
  readonly dashboardIds: readonly number[];
  changedMs: number;
}

export interface SandboxDashboard {
  readonly id: number;
  readonly uuid: string;
  readonly slug: string;
  title: string;
  published: boolean;
  readonly ownerId: number;
  changedMs: number;
}

export interface SandboxUser {
  readonly id: number;
  readonly username: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: string;
  /** `permission on view`. */
  readonly rights: readonly string[];
  /** Datasets that may be read; all when absent. */
  readonly datasetIds?: readonly number[];
}

const READ = [
  'can_read on Dashboard',
  'can_read on Chart',
  'can_read on Dataset',
  'can_read on SecurityRestApi',
];
const CHANGE = [
  'can_invalidate on CacheRestApi',
  'can_warm_up_cache on Chart',
  'can_get on OpenApi',
];
const ALL = 'all_datasource_access on all_datasource_access';

export const USERS: readonly SandboxUser[] = [
  {
    id: 1,
    username: 'admin',
    password: 'admin',
    firstName: 'Ada',
    lastName: 'Admin',
    role: 'Admin',
    rights: [
      ...READ,
      ...CHANGE,
      ALL,
      'can_read on ReportSchedule',
      'can_write on ReportSchedule',
    ],
  },
  {
    id: 2,
    username: 'alpha',
    password: 'alpha',
    firstName: 'Al',
    lastName: 'Alpha',
    role: 'Alpha',
    rights: [
      ...READ,
      ...CHANGE,
      ALL,
      'can_read on ReportSchedule',
      'can_write on ReportSchedule',
    ],
  },
  {
    id: 3,
    username: 'gamma',
    password: 'gamma',
    firstName: 'Gil',
    lastName: 'Gamma',
    role: 'Gamma',
    rights: [...READ, 'can_invalidate on CacheRestApi'],
    datasetIds: [4],
  },
  {
    id: 4,
    username: 'own',
    password: 'own',
    firstName: 'Ola',
    lastName: 'Own',
    role: 'OwnAlertsOnly',
    rights: [...READ, 'can_read on ReportSchedule'],
    datasetIds: [4],
  },
];

export const DATABASES: readonly SandboxDatabase[] = [
  { id: 1, name: 'Lakehouse', backend: 'trino' },
  { id: 2, name: 'Shop', backend: 'postgresql' },
];

export function seedDatasets(nowMs: number): SandboxDataset[] {
  const changedMs = nowMs - 9 * 86_400_000;
  return [
    {
      id: 1,
      uuid: '849454da-d617-4432-acf4-6a37ea4ade01',
      name: 'daily_sales',
      databaseId: 1,
      catalog: 'iceberg',
      schema: 'gold',
      columns: ['day', 'region', 'revenue'],
      cacheTimeoutSeconds: 3600,
      changedMs,
    },
    {
      id: 2,
      uuid: '849454da-d617-4432-acf4-6a37ea4ade02',
      name: 'orders',
      databaseId: 1,
      catalog: 'iceberg',
      schema: 'lake',
      columns: ['orderkey', 'orderstatus', 'totalprice'],
      changedMs,
    },
    {
      id: 3,
      uuid: '849454da-d617-4432-acf4-6a37ea4ade03',
      name: 'orders_by_status',
      databaseId: 1,
      schema: 'lake',
      sql: 'SELECT orderstatus, count(*) AS orders FROM iceberg.lake.orders GROUP BY 1',
      columns: ['orderstatus', 'orders'],
      changedMs,
    },
    {
      id: 4,
      uuid: '849454da-d617-4432-acf4-6a37ea4ade04',
      name: 'customers',
      databaseId: 2,
      catalog: 'shop',
      schema: 'public',
      columns: ['id', 'country'],
      changedMs,
    },
  ];
}

export function seedCharts(nowMs: number): SandboxChart[] {
  const changedMs = nowMs - 8 * 86_400_000;
  const chart = (
    id: number,
    name: string,
    rest: Omit<SandboxChart, 'id' | 'name' | 'changedMs'>,
  ): SandboxChart => ({ id, name, changedMs, ...rest });
  return [
    chart(1, 'Revenue by region', {
      datasetId: 1,
      column: 'region',
      dashboardIds: [1],
    }),
    chart(2, 'Revenue by day', {
      datasetId: 1,
      column: 'day',
      cacheTimeoutSeconds: 600,
      dashboardIds: [1],
    }),
    chart(3, 'Orders by status', {
      datasetId: 3,
      column: 'orderstatus',
      dashboardIds: [1],
    }),
    chart(4, 'Order prices', {
      datasetId: 2,
      column: 'discount',
      dashboardIds: [1],
    }),
    chart(5, 'Customers by country', {
      datasetId: 4,
      column: 'country',
      dashboardIds: [2],
    }),
    chart(6, 'Customers, never saved', {
      datasetId: 4,
      column: 'id',
      unsaved: true,
      dashboardIds: [2],
    }),
  ];
}

export function seedDashboards(nowMs: number): SandboxDashboard[] {
  const changedMs = nowMs - 7 * 86_400_000;
  return [
    {
      id: 1,
      uuid: '9de52812-8e28-49e4-bacf-58f307dc8501',
      slug: 'sales',
      title: 'Sales',
      published: true,
      ownerId: 1,
      changedMs,
    },
    {
      id: 2,
      uuid: '9de52812-8e28-49e4-bacf-58f307dc8502',
      slug: 'customers',
      title: 'Customers',
      published: true,
      ownerId: 2,
      changedMs,
    },
  ];
}

export function seedAlerts(nowMs: number): SandboxAlert[] {
  const alert = (
    id: number,
    name: string,
    rest: Partial<SandboxAlert>,
  ): SandboxAlert => ({
    id,
    name,
    type: 'Alert',
    active: true,
    crontab: '* * * * *',
    value: 0,
    operator: '>',
    threshold: 0,
    gracePeriodSeconds: 0,
    workingTimeoutSeconds: 3600,
    ownerId: 1,
    chartId: 1,
    changedMs: nowMs - 6 * 86_400_000,
    ...rest,
  });
  return [
    alert(1, 'Revenue fell', { value: 3, operator: '<', threshold: 5 }),
    alert(2, 'Too many open orders', { value: 3, threshold: 100, chartId: 3 }),
    alert(3, 'Order prices', {
      value: new Error('no such column'),
      chartId: 4,
    }),
    alert(4, 'Stock is low', {
      value: 2,
      operator: '<',
      threshold: 10,
      gracePeriodSeconds: 14_400,
    }),
    alert(5, 'Slow export', { hangs: true, workingTimeoutSeconds: 86_400 }),
    alert(6, 'Weekly sales', {
      type: 'Report',
      crontab: '0 * * * *',
      chartId: undefined,
      dashboardId: 1,
      ownerId: 2,
    }),
    alert(7, 'Old alert', { active: false, ownerId: 2 }),
    alert(8, 'New Year', { crontab: '0 0 1 1 *', ownerId: 2 }),
  ];
}
