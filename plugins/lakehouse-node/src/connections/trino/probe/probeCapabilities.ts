import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Capability } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeTrinoError } from '../describeTrinoError';
import type { TrinoHttp } from '../http/TrinoHttp';
import { quoteIdentifier } from '../identifiers';
import { listQueries } from '../rest/listQueries';
import type { TrinoInfo } from '../rest/readInfo';
import { readMetrics } from '../rest/readMetrics';
import { readResourceGroups } from '../rest/readResourceGroups';
import type {
  TrinoCapabilities,
  TrinoResult,
  TrinoStatementOptions,
} from '../TrinoConnection';
import { probeKill } from './probeKill';
import { toCapability } from './toCapability';

const PROBE_TIMEOUT_MS = 15_000;
const PROBED_CATALOGS = 50;
const CATALOGS_AT_A_TIME = 4;
/** Any figure that every version has. */
const SOME_METRIC = 'trino_execution_name_QueryManager_RunningQueries';
/** Connectors whose tables have metadata tables such as `t$history`. */
const TABLE_FORMATS = new Set(['iceberg', 'delta_lake']);

export interface ProbeOptions {
  readonly http: TrinoHttp;
  readonly logger: LoggerService;
  readonly runStatement: (
    sql: string,
    options: TrinoStatementOptions,
  ) => Promise<TrinoResult>;
  readonly signal: AbortSignal;
}

/**
 * Finds out what the connection's user may do and what the server offers, without
 * changing anything. What can't be found out is unavailable, with the reason.
 */
export async function probeCapabilities(
  options: ProbeOptions,
  info: TrinoInfo,
): Promise<TrinoCapabilities> {
  const { http } = options;
  const run = (sql: string) =>
    options.runStatement(sql, {
      timeoutMs: PROBE_TIMEOUT_MS,
      signal: options.signal,
      maxRows: 10_000,
      onLimit: 'truncate',
    });
  const catalogs = readCatalogs(run);
  const parts = await Promise.all([
    toCapability('catalogs.read', () => catalogs),
    toCapability('query.list', () =>
      listQueries({ ...options, states: ['FINISHING'] }),
    ),
    probeKill({ ...options, run }),
    toCapability('nodes.read', () =>
      run('SELECT node_id FROM system.runtime.nodes LIMIT 1'),
    ),
    toCapability('metrics.read', () =>
      readMetrics({ http, names: [SOME_METRIC], signal: options.signal }),
    ),
    probeResourceGroups(options),
    catalogs.then(
      found => probeMetadataTables(found, run),
      // Told by catalogs.read.
      () => [],
    ),
  ]);
  return {
    probedAt: new Date().toISOString(),
    version: info.version,
    environment: info.environment,
    coordinator: info.coordinator,
    starting: info.starting,
    catalogs: await catalogs.catch(() => []),
    capabilities: parts.flat(),
  };
}

type Catalogs = TrinoCapabilities['catalogs'];
type Run = (sql: string) => Promise<TrinoResult>;

async function readCatalogs(run: Run): Promise<Catalogs> {
  const { rows } = await run(
    'SELECT catalog_name, connector_name FROM system.metadata.catalogs ORDER BY catalog_name',
  );
  return rows.map(row => ({
    name: String(row.catalog_name),
    connector: String(row.connector_name),
  }));
}

/** The right is checked before the group is looked for: "not found" means permitted. */
function probeResourceGroups(options: ProbeOptions): Promise<Capability> {
  const id = 'resource-groups.read';
  return toCapability(id, async () => {
    try {
      await readResourceGroups({ ...options, root: 'global' });
    } catch (error) {
      if (describeTrinoError(error).code !== 'not-found') throw error;
    }
  });
}

/** Whether each catalog of a table format answers; which tables may be read is a matter of each table. */
async function probeMetadataTables(
  catalogs: Catalogs,
  run: Run,
): Promise<Capability[]> {
  const names = catalogs
    .filter(catalog => TABLE_FORMATS.has(catalog.connector))
    .slice(0, PROBED_CATALOGS)
    .map(catalog => catalog.name);
  const found: Capability[] = [];
  for (let at = 0; at < names.length; at += CATALOGS_AT_A_TIME) {
    found.push(
      ...(await Promise.all(
        names
          .slice(at, at + CATALOGS_AT_A_TIME)
          .map(name =>
            toCapability(`catalog.${name}.metadata-tables`, () =>
              run(`SHOW SCHEMAS FROM ${quoteIdentifier(name)}`),
            ),
          ),
      )),
    );
  }
  return found;
}
