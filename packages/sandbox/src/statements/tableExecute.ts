import { parseDataSize, parseDuration } from '../cluster/units';
import { type Work } from '../cluster/Work';
import { type Statement } from '../sql/ast';
import { type SqlValue } from '../sql/SqlValue';
import { TrinoError } from '../sql/TrinoError';
import { totalBytes } from '../world/DataFile';
import { IcebergTable } from '../world/IcebergTable';
import { type LakeTable } from '../world/LakeTable';
import { partitionFilter } from './partitionFilter';
import { rowCountWork } from './rowCountWork';
import { MS_PER_FILE, type StatementContext } from './StatementContext';

type TableExecute = Extract<Statement, { kind: 'tableExecute' }>;

const DEFAULT_THRESHOLD = '100MB';
const DEFAULT_RETENTION = '7.00d';
const MIN_RETENTION_DAYS = 7;
const MS_PER_DAY = 86_400_000;
const REWRITE_BYTES_PER_MS = 250_000;
const BASE_MS = 250;
const UPDATE_TYPE = 'ALTER TABLE EXECUTE';

const PARAMETERS: Record<string, string[]> = {
  optimize: ['file_size_threshold'],
  optimize_manifests: [],
  expire_snapshots: ['retention_threshold'],
  remove_orphan_files: ['retention_threshold'],
  drop_extended_stats: [],
};

function argument(
  statement: TableExecute,
  name: string,
  context: StatementContext,
): SqlValue {
  const found = statement.args.find(
    (arg, i) =>
      (arg.name ?? PARAMETERS[statement.procedure][i])?.toLowerCase() === name,
  );
  return found && context.constant(found.value);
}

function checkArguments(statement: TableExecute): void {
  const known = PARAMETERS[statement.procedure];
  for (const { name } of statement.args) {
    if (name !== undefined && !known.includes(name)) {
      throw new TrinoError({
        name: 'INVALID_PROCEDURE_ARGUMENT',
        message: `line 1:1: Catalog 'iceberg' ${statement.procedure.toUpperCase()} property '${name}' does not exist`,
      });
    }
  }
}

function checkProcedure(statement: TableExecute, table: LakeTable): void {
  const name = statement.procedure;
  const known =
    Object.hasOwn(PARAMETERS, name) &&
    (table instanceof IcebergTable || name === 'optimize');
  if (!known) {
    throw new TrinoError({
      name: 'PROCEDURE_NOT_FOUND',
      message: `Table procedure not registered: ${name.toUpperCase()}`,
    });
  }
}

function invalidArgument(name: string, value: SqlValue): TrinoError {
  return new TrinoError({
    name: 'INVALID_PROCEDURE_ARGUMENT',
    message: `Unable to set procedure property '${name}' to ['${value}']: Invalid value`,
  });
}

function retentionMs(
  statement: TableExecute,
  context: StatementContext,
): number {
  const value =
    argument(statement, 'retention_threshold', context) ?? DEFAULT_RETENTION;
  const retention = parseDuration(String(value));
  if (retention === undefined) {
    throw invalidArgument('retention_threshold', value);
  }
  const property = `iceberg.${statement.procedure}_min_retention`;
  const minimum =
    parseDuration(context.session.properties.get(property) ?? '') ??
    MIN_RETENTION_DAYS * MS_PER_DAY;
  if (retention < minimum) {
    const days = (ms: number) => `${(ms / MS_PER_DAY).toFixed(2)}d`;
    const setting =
      statement.procedure === 'expire_snapshots'
        ? 'iceberg.expire-snapshots.min-retention configuration property or iceberg.expire_snapshots_min_retention session property'
        : 'iceberg.remove-orphan-files.min-retention configuration property or iceberg.remove_orphan_files_min_retention session property';
    throw new TrinoError({
      name: 'INVALID_PROCEDURE_ARGUMENT',
      message: `Retention specified (${days(
        retention,
      )}) is shorter than the minimum retention configured in the system (${days(
        minimum,
      )}). Minimum retention can be changed with ${setting}`,
    });
  }
  return retention;
}

function prepareOptimize(
  statement: TableExecute,
  table: LakeTable,
  context: StatementContext,
): Work {
  const size =
    argument(statement, 'file_size_threshold', context) ?? DEFAULT_THRESHOLD;
  const thresholdBytes = parseDataSize(String(size));
  if (thresholdBytes === undefined) {
    throw new TrinoError({
      name: 'INVALID_PROCEDURE_ARGUMENT',
      message: `Unable to set procedure property 'file_size_threshold' to ['${size}']: size is not a valid data size string: ${size}`,
    });
  }
  const matches = partitionFilter(statement.where, table, context);
  const planned = table.rewriteGroups({ thresholdBytes, matches });
  const files = planned.flatMap(group => group.files);
  const bytes = totalBytes(files);
  const records = files.reduce((sum, file) => sum + file.records, 0);
  const found = context.target(statement.table);
  const runMs =
    BASE_MS + bytes / REWRITE_BYTES_PER_MS + files.length * MS_PER_FILE;
  return rowCountWork({
    queryType: 'ALTER_TABLE_EXECUTE',
    updateType: UPDATE_TYPE,
    context,
    inputs: [{ ...found.use, rows: records, bytes }],
    output: { ...found.use, columns: [] },
    cost: {
      ...context.cost(),
      runMs,
      cpuMs: Math.round(runMs * 1.8),
      inputRows: records,
      inputBytes: bytes,
      peakMemoryBytes: 40_000_000 + files.length * 200_000,
    },
    apply() {
      // Planned again: commits may have landed while the files were read.
      const groups = table.rewriteGroups({ thresholdBytes, matches });
      if (groups.length === 0) {
        return {};
      }
      const merged = table.mergedFiles(groups);
      table.rewrite(groups, merged, context.commit());
      return {
        cost: {
          writtenBytes: totalBytes(merged),
          writtenRows: merged.reduce((sum, file) => sum + file.records, 0),
        },
      };
    },
  });
}

function maintain(
  statement: TableExecute,
  table: IcebergTable,
  context: StatementContext,
): () => void {
  switch (statement.procedure) {
    case 'optimize_manifests':
      return () => table.optimizeManifests(context.commit());
    case 'expire_snapshots': {
      const retention = retentionMs(statement, context);
      return () => table.expireSnapshots(context.world.nowMs - retention);
    }
    case 'remove_orphan_files':
      retentionMs(statement, context);
      return () => {
        table.orphanFiles = 0;
      };
    default:
      return () => table.dropStatistics(context.commit());
  }
}

/** ALTER TABLE ... EXECUTE: the maintenance procedures of lake tables. */
export function prepareTableExecute(
  statement: TableExecute,
  context: StatementContext,
): Work {
  const found = context.target(statement.table, { column: 7 });
  const table = found.lake;
  if (!table) {
    throw new TrinoError({
      name: 'PROCEDURE_NOT_FOUND',
      message: `Table procedure not registered: ${statement.procedure.toUpperCase()}`,
    });
  }
  checkProcedure(statement, table);
  checkArguments(statement);
  if (statement.procedure === 'optimize' || !(table instanceof IcebergTable)) {
    return prepareOptimize(statement, table, context);
  }
  const apply = maintain(statement, table, context);
  return rowCountWork({
    queryType: 'ALTER_TABLE_EXECUTE',
    updateType: UPDATE_TYPE,
    context,
    output: { ...found.use, columns: [] },
    cost: {
      ...context.cost({ lazy: true }),
      runMs: BASE_MS + table.snapshots.length,
    },
    apply() {
      apply();
      return {};
    },
  });
}
