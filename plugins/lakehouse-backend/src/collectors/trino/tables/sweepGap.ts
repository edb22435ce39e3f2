import type { Gap, TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { gapFromError } from '../gaps';
import type { TrinoTablesConfig } from '../TrinoCollectorsConfig';
import type { CatalogTables } from './discoverTables';
import type { SweepProgress } from './SweepProgress';
import { mayInclude } from './tablePatterns';

/** Why a sweep, or a catalog of it, failed. */
export function failureGap(options: {
  connection: TrinoConnection;
  error: unknown;
  at: string;
  /** Of what, at the beginning of the reason. */
  of?: string;
}): Gap {
  const { connection, at, error, of } = options;
  const gap = gapFromError({
    connection: connection.id,
    subject: 'tables',
    at,
    error,
    deniedRemedy: `allow ${connection.user} to SELECT from the catalog's information_schema and from system.metadata.materialized_views`,
  });
  return of ? { ...gap, reason: `${of}: ${gap.reason}` } : gap;
}

/** What a sweep could not see, the gravest first; undefined when it saw all. */
export function sweepGap(options: {
  connection: TrinoConnection;
  config: TrinoTablesConfig;
  catalogs: readonly CatalogTables[];
  known: readonly TableHealth[];
  sweep: SweepProgress;
  at: string;
  /** Tables that the sweep was to go over. */
  total: number;
}): Gap | undefined {
  const { connection, config, catalogs, sweep, at, total } = options;
  if (sweep.failure !== undefined) {
    return failureGap({ connection, error: sweep.failure, at });
  }
  const refused = catalogs.find(({ error }) => error !== undefined);
  if (refused) {
    return failureGap({
      connection,
      error: refused.error,
      at,
      of: `catalog ${refused.catalog}`,
    });
  }
  const gap = {
    connection: connection.id,
    subject: 'tables',
    since: at,
  } as const;
  const told = new Set(catalogs.map(({ catalog }) => catalog));
  const lost = options.known.find(
    ({ ref }) =>
      !told.has(ref.catalog) && mayInclude(config.include, ref.catalog),
  );
  if (lost) {
    return {
      ...gap,
      code: 'not-found',
      reason: `Trino does not list catalog ${lost.ref.catalog} any more; its tables are shown as last seen`,
      remedy: `bring the catalog back, or let ${connection.user} see it`,
    };
  }
  const truncated = catalogs.find(each => each.truncated);
  if (truncated) {
    return {
      ...gap,
      code: 'limit',
      reason: `catalog ${truncated.catalog} holds more tables than were listed (${truncated.tables.length})`,
      remedy: 'name fewer with lakehouse.collectors.tables.include',
    };
  }
  const left = total - sweep.done;
  if (left <= 0) return undefined;
  return {
    ...gap,
    code: 'limit',
    reason: `${left} of ${total} tables were left for the next sweep, which begins with them`,
    remedy: sweep.shouldStop()
      ? 'raise lakehouse.collectors.tables.timeBudget or concurrency, or leave tables out with exclude'
      : `raise lakehouse.collectors.tables.maxTables (${config.maxTables}), or leave tables out with exclude`,
  };
}
