import { parseDuration } from '../cluster/units';
import { TrinoError } from '../sql/TrinoError';

export interface SessionProperty {
  name: string;
  defaultValue: string;
  type: string;
  description: string;
}

function property(
  name: string,
  defaultValue: string,
  description: string,
  type = 'varchar',
): SessionProperty {
  return { name, defaultValue, type, description };
}

/** Session properties the sandbox knows; those of real use here. */
export const SESSION_PROPERTIES: SessionProperty[] = [
  property(
    'iceberg.collect_extended_statistics_on_write',
    'true',
    'Collect extended statistics during writes',
    'boolean',
  ),
  property(
    'iceberg.expire_snapshots_min_retention',
    '7.00d',
    'Minimal retention period for expire_snapshot procedure',
  ),
  property(
    'iceberg.remove_orphan_files_min_retention',
    '7.00d',
    'Minimal retention period for remove_orphan_files procedure',
  ),
  property(
    'iceberg.target_max_file_size',
    '1GB',
    'Target maximum size of written files; the actual size may be larger',
  ),
  property(
    'iceberg.statistics_enabled',
    'true',
    'Expose table statistics',
    'boolean',
  ),
  property(
    'delta.statistics_enabled',
    'true',
    'Expose table statistics',
    'boolean',
  ),
  property(
    'query_max_cpu_time',
    '1000000000.00d',
    'Maximum CPU time of a query',
  ),
  property(
    'query_max_execution_time',
    '100.00d',
    'Maximum execution time of a query',
  ),
  property(
    'query_max_memory',
    '20GB',
    'Maximum amount of distributed memory a query can use',
  ),
  property(
    'query_max_planning_time',
    '10.00m',
    'Maximum planning time of a query',
  ),
  property(
    'query_max_run_time',
    '100.00d',
    'Maximum run time of a query (includes the queueing time)',
  ),
  property(
    'scale_writers',
    'true',
    'Scale out writers based on throughput (use minimum necessary)',
    'boolean',
  ),
  property(
    'task_concurrency',
    '16',
    'Default number of local parallel jobs per worker',
    'integer',
  ),
  property(
    'task_max_writer_count',
    '64',
    'Maximum number of local parallel table writers per task',
    'integer',
  ),
  property(
    'redistribute_writes',
    'true',
    'Force parallel distributed writes',
    'boolean',
  ),
];

function invalid(name: string, why: string): TrinoError {
  return new TrinoError({
    name: 'INVALID_SESSION_PROPERTY',
    message: `Session property '${name}' ${why}`,
  });
}

/** Refuses unknown properties and durations that are none, as Trino does. */
export function checkSessionProperties(given: Map<string, string>): void {
  for (const [name, value] of given) {
    const known = findSessionProperty(name);
    if (!known) {
      throw invalid(name, 'does not exist');
    }
    const isDuration = parseDuration(known.defaultValue) !== undefined;
    if (isDuration && parseDuration(value) === undefined) {
      throw invalid(
        name,
        `is invalid: duration is not a valid data duration string: ${value}`,
      );
    }
  }
}

export function findSessionProperty(name: string): SessionProperty | undefined {
  return SESSION_PROPERTIES.find(known => known.name === name.toLowerCase());
}
