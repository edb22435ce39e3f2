import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { SMALL_FILE_BYTES } from '../../health/thresholds';

export interface TrinoQueriesConfig {
  /** How often the whole list is read, to find what the event listener did not tell. */
  readonly fullListEveryMs: number;
  /** Queries that are looked up one by one at a tick, at most. */
  readonly maxLookups: number;
}

export interface TrinoTablesConfig {
  /** Statements that a sweep runs at a time. */
  readonly concurrency: number;
  /** After so long a sweep starts no further table; the rest is first in the next. */
  readonly timeBudgetMs: number;
  /** `catalog.schema.table` patterns with `*` and `?`; all tables when empty. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly maxTables: number;
  readonly smallFileBytes: number;
  /** How long a complete list of the catalogs' tables is used. */
  readonly discoverEveryMs: number;
  /** Facts are read again after so long although nothing seems to have changed. */
  readonly refreshAfterMs: number;
  /** Limit of each statement. */
  readonly statementTimeoutMs: number;
}

export interface TrinoCollectorsConfig {
  readonly queries: TrinoQueriesConfig;
  readonly tables: TrinoTablesConfig;
}

/**
 * Reads `lakehouse.collectors`.
 *
 * @throws InputError when a number is out of bounds
 */
export function readTrinoCollectorsConfig(
  rootConfig: Config,
): TrinoCollectorsConfig {
  const config = rootConfig.getOptionalConfig('lakehouse.collectors');
  const queries = config?.getOptionalConfig('queries');
  const tables = config?.getOptionalConfig('tables');
  return {
    queries: {
      fullListEveryMs: readMs(queries, 'fullListEvery', 30_000),
      maxLookups: readCount(queries, 'maxLookups', { otherwise: 20, max: 500 }),
    },
    tables: {
      concurrency: readCount(tables, 'concurrency', { otherwise: 4, max: 64 }),
      timeBudgetMs: readMs(tables, 'timeBudget', 5 * 60_000),
      include: tables?.getOptionalStringArray('include') ?? [],
      exclude: tables?.getOptionalStringArray('exclude') ?? [],
      maxTables: readCount(tables, 'maxTables', {
        otherwise: 2_000,
        max: 50_000,
      }),
      smallFileBytes: readCount(tables, 'smallFileBytes', {
        otherwise: SMALL_FILE_BYTES,
        max: Number.MAX_SAFE_INTEGER,
      }),
      discoverEveryMs: readMs(tables, 'discoverEvery', 10 * 60_000),
      refreshAfterMs: readMs(tables, 'refreshAfter', 24 * 3_600_000),
      statementTimeoutMs: readMs(tables, 'statementTimeout', 60_000),
    },
  };
}

function readMs(
  config: Config | undefined,
  key: string,
  otherwise: number,
): number {
  if (!config?.has(key)) return otherwise;
  return durationToMilliseconds(readDurationFromConfig(config, { key }));
}

function readCount(
  config: Config | undefined,
  key: string,
  { otherwise, max }: { otherwise: number; max: number },
): number {
  const value = config?.getOptionalNumber(key) ?? otherwise;
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new InputError(
      `lakehouse.collectors: ${key} is ${value}, which is not a whole number from 1 to ${max}. Correct it in the app's config, or leave it out for ${otherwise}.`,
    );
  }
  return value;
}
