import { type ResolvedTable } from '../catalogs/Catalog';
import { noSuchTable } from '../catalogs/Catalogs';
import { quoteName } from '../catalogs/quoteName';
import { type ClientSession } from '../cluster/ClientSession';
import { type Query } from '../cluster/Query';
import { type Cost, NO_COST, type TableUse } from '../cluster/Work';
import { type Expression, type Property, type QualifiedName } from '../sql/ast';
import { coerce, type Compiled } from '../sql/Compiled';
import { ExpressionCompiler } from '../sql/ExpressionCompiler';
import { type PlanContext } from '../sql/PlanContext';
import { planQuery } from '../sql/planQuery';
import { type Relation } from '../sql/Relation';
import { Scope } from '../sql/Scope';
import { BIGINT, type SqlType } from '../sql/SqlType';
import { type SqlValue } from '../sql/SqlValue';
import { TrinoError } from '../sql/TrinoError';
import { IcebergTable, type Snapshot } from '../world/IcebergTable';
import { type CommitContext, type LakeTable } from '../world/LakeTable';
import { type SandboxWorld } from '../world/SandboxWorld';

const BASE_RUN_MS = 12;
const ROWS_PER_MS = 10_000;
const BYTES_PER_MS = 4_000_000;
/** Each file is opened, and its footer read, before a row comes of it. */
export const MS_PER_FILE = 8;
const MEMORY_BASE_BYTES = 200_000;
const MEMORY_LIMIT_BYTES = 1.5 * 1024 ** 3;

/** Where Trino says a missing table is: a column, or no position at all. */
export type ErrorPlace = { column: number } | 'nowhere';

/** One statement being made ready: its session, the tables it touches. */
export class StatementContext {
  readonly inputs: TableUse[] = [];

  constructor(
    readonly world: SandboxWorld,
    readonly query: Query,
    readonly parameters: Compiled[] = [],
  ) {}

  get session(): ClientSession {
    return this.query.session;
  }

  /** What the catalogs need of the session to resolve names. */
  get viewer() {
    const { user, catalog, schema } = this.session;
    return { user, catalog, schema };
  }

  plan(): PlanContext {
    const context: PlanContext = {
      ...this.viewer,
      version: this.world.version,
      now: new Date(this.world.nowMs),
      parameters: this.parameters,
      named: new Map(),
      resolveTable: (name, version) => this.readAt(name, version),
      runQuery: query => {
        const relation = planQuery(query, context);
        return {
          types: relation.fields.map(field => field.type),
          rows: [...relation.rows()],
        };
      },
    };
    return context;
  }

  /** Finds a table to read from and remembers that it is read. */
  read(name: QualifiedName): ResolvedTable {
    const found = this.world.catalogs.resolve(name, this.viewer);
    this.inputs.push(found.use);
    return found;
  }

  /** A table's rows, of an older snapshot when a version is given. */
  private readAt(
    name: QualifiedName,
    version: Expression | undefined,
  ): Relation {
    const found = this.read(name);
    return version && found.lake
      ? found.lake.relation(this.snapshot(found.lake, version).files)
      : found.relation;
  }

  /** The snapshot that FOR VERSION AS OF names. */
  snapshot(table: LakeTable, version: Expression): Snapshot {
    const id = this.constant(version, BIGINT);
    const found =
      table instanceof IcebergTable
        ? table.snapshots.find(snapshot => snapshot.id === id)
        : undefined;
    if (!found) {
      throw new TrinoError({
        name: 'INVALID_ARGUMENTS',
        message: `Iceberg snapshot ID does not exists: ${id}`,
      });
    }
    return found;
  }

  /** Finds a table to change; metadata tables can't be. */
  target(written: QualifiedName, at?: ErrorPlace): ResolvedTable {
    const { catalogs } = this.world;
    const name = catalogs.qualify(written, this.viewer);
    catalogs.catalog(name.catalog, written);
    const found = catalogs.find(name, this.viewer);
    if (!found) {
      if (at === 'nowhere') {
        throw noSuchTable(name);
      }
      const location = at ? { line: 1, column: at.column } : written.location;
      throw noSuchTable(name, { ...written, location });
    }
    return found;
  }

  lakeTarget(written: QualifiedName, at?: ErrorPlace): LakeTable {
    const found = this.target(written, at);
    if (!found.lake) {
      throw new TrinoError({
        name: 'NOT_SUPPORTED',
        message: `This connector does not support this operation on ${quoteName(
          found.use,
        )}`,
      });
    }
    return found.lake;
  }

  /** A constant expression's value, read as a type. */
  constant(expression: Expression, type?: SqlType): SqlValue {
    const compiled = ExpressionCompiler.create({
      scope: new Scope([]),
      context: this.plan(),
    }).compile(expression);
    return (type ? coerce(compiled, type) : compiled).evaluate([]);
  }

  property(properties: Property[], name: string): SqlValue {
    const found = properties.find(p => p.name.toLowerCase() === name);
    return found && this.constant(found.value);
  }

  /** Who commits: the query, now. */
  commit(): CommitContext {
    const { id, session } = this.query;
    return { queryId: id, user: session.user, nowMs: this.world.nowMs };
  }

  /** What reading the inputs costs; only the start when rows stream. */
  cost(options: { lazy?: boolean } = {}): Cost {
    const inputRows = this.inputs.reduce((sum, use) => sum + use.rows, 0);
    const inputBytes = this.inputs.reduce((sum, use) => sum + use.bytes, 0);
    const files = this.inputs.reduce((n, use) => n + (use.dataFiles ?? 0), 0);
    const scanMs =
      inputRows / ROWS_PER_MS + inputBytes / BYTES_PER_MS + files * MS_PER_FILE;
    const runMs = BASE_RUN_MS + (options.lazy ? 0 : scanMs);
    return {
      ...NO_COST,
      runMs,
      cpuMs: Math.round(runMs * 1.6),
      peakMemoryBytes: Math.min(
        MEMORY_LIMIT_BYTES,
        MEMORY_BASE_BYTES + inputRows * 2,
      ),
      inputRows,
      inputBytes,
    };
  }
}
