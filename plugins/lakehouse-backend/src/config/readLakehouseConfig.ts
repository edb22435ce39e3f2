import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type RootConfigService,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { CollectorKind } from '../collectors/Collector';
import {
  DEFAULT_INGEST_LIMITS,
  type IngestLimits,
} from '../ingest/IngestQueue';
import { DEFAULT_MAX_TEXT_LENGTH } from '../ingest/queryText';
import type { LinkTemplate } from '../links/LinkTemplate';
import { readLinkTemplates } from '../links/readLinkTemplates';

const MIB = 1024 * 1024;
/** Completed events of real queries have a median of 214 KB and reach MBs with large plans. */
const DEFAULT_MAX_BODY_BYTES = 16 * MIB;
/** Missed rounds after which what is shown counts as stale. */
const STALE_ROUNDS = 3;

const DEFAULT_SCHEDULES: Record<
  CollectorKind,
  SchedulerServiceTaskScheduleDefinition
> = {
  queries: {
    frequency: { seconds: 3 },
    timeout: { seconds: 30 },
    initialDelay: { seconds: 1 },
  },
  cluster: {
    frequency: { seconds: 10 },
    timeout: { seconds: 30 },
    initialDelay: { seconds: 1 },
  },
  tables: {
    frequency: { minutes: 2 },
    timeout: { minutes: 10 },
    initialDelay: { seconds: 3 },
  },
  cache: {
    frequency: { seconds: 10 },
    timeout: { seconds: 30 },
    initialDelay: { seconds: 1 },
  },
  dashboards: {
    frequency: { seconds: 30 },
    timeout: { minutes: 2 },
    initialDelay: { seconds: 2 },
  },
  workloads: {
    frequency: { seconds: 15 },
    timeout: { minutes: 1 },
    initialDelay: { seconds: 2 },
  },
  gateway: {
    frequency: { seconds: 10 },
    timeout: { seconds: 30 },
    initialDelay: { seconds: 1 },
  },
  metrics: {
    frequency: { seconds: 15 },
    timeout: { seconds: 30 },
    initialDelay: { seconds: 2 },
  },
};

/** What the plugin reads from `lakehouse` in app-config. */
export interface LakehouseConfig {
  readonly ingest: IngestLimits & { readonly maxBodyBytes: number };
  readonly maxTextLength: number;
  readonly links: readonly LinkTemplate[];
  readonly schedules: Readonly<
    Record<CollectorKind, SchedulerServiceTaskScheduleDefinition>
  >;
  readonly staleAfterSeconds: Readonly<Record<CollectorKind, number>>;
  readonly retentionDays: {
    readonly queries: number;
    readonly samples: number;
    readonly inspections: number;
  };
}

/** @throws InputError that names the field which can't be used */
export function readLakehouseConfig(
  config: RootConfigService,
): LakehouseConfig {
  const ingest = config.getOptionalConfig('lakehouse.ingest');
  const retention = config.getOptionalConfig('lakehouse.retention');
  const schedules = ofEachKind(kind => schedule(config, kind));
  return {
    ingest: {
      ...DEFAULT_INGEST_LIMITS,
      maxBodyBytes: whole(ingest, 'ingest.maxBodyBytes', {
        fallback: DEFAULT_MAX_BODY_BYTES,
        min: 1024,
        max: 256 * MIB,
      }),
      maxBytesInFlight: whole(ingest, 'ingest.maxBytesInFlight', {
        fallback: DEFAULT_INGEST_LIMITS.maxBytesInFlight,
        min: MIB,
        max: 4096 * MIB,
      }),
      maxEvents: whole(ingest, 'ingest.maxEvents', {
        fallback: DEFAULT_INGEST_LIMITS.maxEvents,
        min: 1,
        max: 100_000,
      }),
    },
    maxTextLength: whole(
      config.getOptionalConfig('lakehouse.queryText'),
      'queryText.maxLength',
      { fallback: DEFAULT_MAX_TEXT_LENGTH, min: 0, max: 1_000_000 },
    ),
    links: readLinkTemplates(config),
    schedules,
    staleAfterSeconds: ofEachKind(kind => staleAfter(schedules[kind])),
    retentionDays: {
      queries: days(retention, 'queriesDays', 7),
      samples: days(retention, 'samplesDays', 14),
      inspections: days(retention, 'inspectionsDays', 90),
    },
  };
}

function ofEachKind<T>(
  read: (kind: CollectorKind) => T,
): Record<CollectorKind, T> {
  return {
    queries: read('queries'),
    cluster: read('cluster'),
    tables: read('tables'),
    cache: read('cache'),
    dashboards: read('dashboards'),
    workloads: read('workloads'),
    gateway: read('gateway'),
    metrics: read('metrics'),
  };
}

function schedule(config: RootConfigService, kind: CollectorKind) {
  const key = `lakehouse.collectors.${kind}.schedule`;
  const own = config.getOptionalConfig(key);
  if (!own) return DEFAULT_SCHEDULES[kind];
  const read = readSchedulerServiceTaskScheduleDefinitionFromConfig(own);
  return { initialDelay: DEFAULT_SCHEDULES[kind].initialDelay, ...read };
}

function staleAfter(of: SchedulerServiceTaskScheduleDefinition): number {
  const { frequency } = of;
  const isDuration = !('cron' in frequency) && !('trigger' in frequency);
  const everyMs = isDuration
    ? milliseconds(frequency)
    : milliseconds({ minutes: 5 });
  return Math.max(10, Math.ceil((STALE_ROUNDS * everyMs) / 1000));
}

function milliseconds(
  duration: HumanDuration | { toMillis(): number },
): number {
  return 'toMillis' in duration
    ? duration.toMillis()
    : durationToMilliseconds(duration);
}

function days(retention: Config | undefined, field: string, fallback: number) {
  return whole(retention, `retention.${field}`, {
    fallback,
    min: 1,
    max: 3650,
  });
}

function whole(
  section: Config | undefined,
  path: string,
  range: { fallback: number; min: number; max: number },
): number {
  const value =
    section?.getOptionalNumber(path.slice(path.indexOf('.') + 1)) ??
    range.fallback;
  if (!Number.isInteger(value) || value < range.min || value > range.max) {
    throw new InputError(
      `lakehouse.${path} is ${value}. Set a whole number from ${range.min} to ${range.max}, or leave it out for ${range.fallback}.`,
    );
  }
  return value;
}
