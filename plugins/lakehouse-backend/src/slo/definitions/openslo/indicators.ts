import type {
  LakehouseIndicator,
  LakehouseSystem,
  SliFilter,
  SliUnit,
} from '@lakehouse-ops/plugin-lakehouse-common';

export type FilterField = keyof SliFilter;
export type ExtraField = 'badErrors' | 'column' | 'expectedWorkers';

/** What an indicator is told of, and how it is written. */
export interface IndicatorRules {
  /** Kind of system that its connection must be to. */
  readonly system: LakehouseSystem;
  /** Shares are ratioMetrics; values are thresholdMetrics, with the units that they may have. */
  readonly units?: readonly SliUnit[];
  /** Whether small values are good. */
  readonly lowIsGood?: boolean;
  readonly filters: readonly FilterField[];
  readonly extras: readonly ExtraField[];
}

const QUERY_FILTERS: readonly FilterField[] = [
  'user',
  'source',
  'clientTag',
  'resourceGroup',
  'queryType',
  'table',
];

const AGES: readonly SliUnit[] = ['s', 'm', 'h', 'd'];
const SHARES: readonly SliUnit[] = ['percent', 'ratio'];

/** The rules of each indicator. */
export const INDICATORS: Readonly<Record<LakehouseIndicator, IndicatorRules>> =
  {
    'query-success': {
      system: 'trino',
      filters: QUERY_FILTERS,
      extras: ['badErrors'],
    },
    'query-latency': {
      system: 'trino',
      units: ['ms', 's', 'm', 'h'],
      lowIsGood: true,
      filters: QUERY_FILTERS,
      extras: [],
    },
    'queue-time': {
      system: 'trino',
      units: ['ms', 's', 'm', 'h'],
      lowIsGood: true,
      filters: QUERY_FILTERS,
      extras: [],
    },
    'table-freshness': {
      system: 'trino',
      units: AGES,
      lowIsGood: true,
      filters: ['table'],
      extras: ['column'],
    },
    'small-file-share': {
      system: 'trino',
      units: SHARES,
      lowIsGood: true,
      filters: ['table'],
      extras: [],
    },
    'statistics-freshness': {
      system: 'trino',
      units: AGES,
      lowIsGood: true,
      filters: ['table'],
      extras: [],
    },
    'cache-hit-ratio': { system: 'redis', filters: ['prefix'], extras: [] },
    'stampede-free': { system: 'redis', filters: ['prefix'], extras: [] },
    'alert-health': { system: 'superset', filters: ['alert'], extras: [] },
    'dashboard-health': {
      system: 'superset',
      filters: ['dashboard'],
      extras: [],
    },
    'memory-headroom': {
      system: 'trino',
      units: [...SHARES, 'bytes'],
      lowIsGood: false,
      filters: [],
      extras: [],
    },
    'worker-availability': {
      system: 'trino',
      units: [...SHARES, 'count'],
      lowIsGood: false,
      filters: [],
      extras: ['expectedWorkers'],
    },
  };

export function isIndicator(name: string): name is LakehouseIndicator {
  return Object.hasOwn(INDICATORS, name);
}
