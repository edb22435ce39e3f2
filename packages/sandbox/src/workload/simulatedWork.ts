import { type Query } from '../cluster/Query';
import { type Work, type WorkResult } from '../cluster/Work';
import { prepareStatement } from '../statements/prepareStatement';
import { IcebergTable } from '../world/IcebergTable';
import { type LakeTable } from '../world/LakeTable';
import { type SandboxWorld } from '../world/SandboxWorld';
import { type SimulatedStatement, type SimulatedWrite } from './Persona';

const MS_PER_DAY = 86_400_000;
/** Beyond these the workload tidies up after itself: memory stays bounded. */
const MAX_FILES = 1_600;
const MAX_SNAPSHOTS = 350;
const KEPT_SNAPSHOTS_MS = 5 * MS_PER_DAY;

function commit(
  write: SimulatedWrite,
  query: Query,
  world: SandboxWorld,
): WorkResult {
  const table = world.table('iceberg', write.schema, write.table);
  if (!table) {
    return { rows: [], updateCount: 0 };
  }
  const { random, nowMs } = world;
  const context = { queryId: query.id, user: query.session.user, nowMs };
  const today = { kind: 'date' as const, days: Math.floor(nowMs / MS_PER_DAY) };
  const count = random.between(...write.files);
  const files = Array.from({ length: count }, () => {
    const vary = 0.5 + random.next();
    return table.syntheticFile({
      records: Math.round(write.rowsPerFile * vary),
      sizeBytes: Math.round(write.bytesPerFile * vary),
      partition: table.partitionFields.map(() => today),
    });
  });
  table.append(files, context);
  if (write.statistics) {
    table.analyze(undefined, context);
  }
  tidy(table, world);
  const rows = files.reduce((sum, file) => sum + file.records, 0);
  const bytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return {
    rows: [],
    updateCount: rows,
    cost: { writtenRows: rows, writtenBytes: bytes },
  };
}

function tidy(table: LakeTable, world: SandboxWorld): void {
  const { nowMs } = world;
  const context = { queryId: 'maintenance', user: 'etl-maintenance', nowMs };
  if (table.files.length > MAX_FILES) {
    const groups = table.rewriteGroups({ thresholdBytes: Infinity });
    table.rewrite(groups, table.mergedFiles(groups), context);
  }
  if (table instanceof IcebergTable && table.snapshots.length > MAX_SNAPSHOTS) {
    table.expireSnapshots(nowMs - KEPT_SNAPSHOTS_MS);
    table.keepNewestSnapshots(MAX_SNAPSHOTS);
  }
}

/**
 * A simulated statement is parsed and planned like any other, so that its
 * tables, columns and mistakes are real; only its run is made up.
 */
export function simulatedWork(
  statement: SimulatedStatement,
  query: Query,
  world: SandboxWorld,
): Work {
  const work = prepareStatement(query, world);
  const { write, outputRows = 0 } = statement;
  return {
    ...work,
    cost: { ...work.cost, ...statement.cost },
    failure: statement.failure,
    execute() {
      query.outputRows = outputRows;
      query.outputBytes = outputRows * 48;
      return write ? commit(write, query, world) : { rows: [] };
    },
  };
}
