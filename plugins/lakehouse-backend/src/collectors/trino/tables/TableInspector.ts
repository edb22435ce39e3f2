import {
  formatTableName,
  Gap,
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  describeTrinoError,
  quoteIdentifier,
  quoteString,
  TrinoConnection,
  TrinoDeniedError,
  TrinoQueryError,
  TrinoResult,
  TrinoStatementOptions,
  TrinoUnavailableError,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../../observations/Observation';
import type { ObservationStore } from '../../../observations/ObservationStore';
import { gapClosed, gapOpened } from '../../shared/gapOf';
import { gapFromError } from '../gaps';
import type { TrinoTablesConfig } from '../TrinoCollectorsConfig';
import { inspectDelta } from './inspectDelta';
import { inspectIceberg } from './inspectIceberg';

/** Runs one statement about a table. */
export type RunTableStatement = (
  sql: string,
  options?: Pick<TrinoStatementOptions, 'session'>,
) => Promise<TrinoResult>;

export interface TableInspection {
  readonly ref: TableRef;
  readonly format: TableHealth['format'];
  /** The last look. */
  readonly known?: TableHealth;
  /** Read all, however healthy it looks. */
  readonly full: boolean;
  /** ISO time of this look. */
  readonly at: string;
  readonly lastAnalyzedAt?: string;
  readonly config: TrinoTablesConfig;
  readonly run: RunTableStatement;
}

/** Names of errors that say that another connector's table stands there. */
const OTHER_FORMAT_ERRORS = new Set([
  'UNSUPPORTED_TABLE_TYPE',
  'INVALID_TABLE_TYPE',
]);

export interface TableInspectorOptions {
  connection: TrinoConnection;
  store: Pick<ObservationStore, 'lastAnalyzed'>;
  config: TrinoTablesConfig;
  now: () => number;
}

/** Looks at one table. */
export class TableInspector {
  private constructor(private readonly options: TableInspectorOptions) {}

  static create(options: TableInspectorOptions): TableInspector {
    return new TableInspector(options);
  }

  /** Runs statements within the limits of the config. */
  runner(signal: AbortSignal): RunTableStatement {
    const { connection, config } = this.options;
    return (sql, options) =>
      connection.query(sql, {
        ...options,
        signal,
        timeoutMs: config.statementTimeoutMs,
      });
  }

  /**
   * @throws the connection's error when it is not about this table but about the whole
   * cluster, so that the caller stops asking
   */
  async inspect(options: {
    ref: TableRef;
    format: TableHealth['format'];
    known?: TableHealth;
    full: boolean;
    signal: AbortSignal;
  }): Promise<Observation[]> {
    const { ref, format, known, full, signal } = options;
    const { connection, config } = this.options;
    const at = new Date(this.options.now()).toISOString();
    const inspect = format === 'delta' ? inspectDelta : inspectIceberg;
    const run = this.runner(signal);
    const subject = `table:${formatTableName(ref)}` as const;
    if (ref.table.includes('$')) {
      return [gapOpened(hiddenByDollar(ref, at))];
    }
    try {
      const lastAnalyzedAt = await this.options.store.lastAnalyzed(ref);
      const health = await inspect({
        ref,
        format,
        known,
        full,
        at,
        lastAnalyzedAt,
        config,
        run,
      });
      return [
        { type: 'TableInspected', health },
        ...(health.gaps.length > 0
          ? health.gaps.map(gapOpened)
          : [gapClosed({ connection: ref.connection, subject, at })]),
      ];
    } catch (error) {
      if (isAboutCluster(error) || signal.aborted) throw error;
      if (isOtherFormat(error)) return [];
      if (describeTrinoError(error).code === 'not-found') {
        const there = await this.#exists(ref, run);
        if (!there) {
          return [
            { type: 'TableDropped', ref, at },
            gapClosed({ connection: ref.connection, subject, at }),
          ];
        }
      }
      return [
        gapOpened(
          gapFromError({
            connection: ref.connection,
            subject,
            at,
            error,
            deniedRemedy: `allow ${
              connection.user
            } to SELECT from ${formatTableName(ref)} and its metadata tables`,
          }),
        ),
      ];
    }
  }

  async #exists(ref: TableRef, run: RunTableStatement): Promise<boolean> {
    const { rows } = await run(
      `SELECT table_name FROM ${quoteIdentifier(
        ref.catalog,
      )}.information_schema.tables WHERE table_schema = ${quoteString(
        ref.schema,
      )} AND table_name = ${quoteString(ref.table)}`,
    );
    return rows.length > 0;
  }
}

/** Trino (476) lists such a table, and answers TABLE_NOT_FOUND when it is asked for. */
function hiddenByDollar(ref: TableRef, at: string): Gap {
  return {
    connection: ref.connection,
    subject: `table:${formatTableName(ref)}`,
    since: at,
    code: 'not-found',
    reason: 'Trino takes what follows the $ in its name for a metadata table',
    remedy: 'rename the table to a name without $',
  };
}

/** Whether asking for another table would fail as well. */
export function isAboutCluster(error: unknown): boolean {
  return (
    error instanceof TrinoUnavailableError ||
    (error instanceof TrinoDeniedError && error.status === 401)
  );
}

function isOtherFormat(error: unknown): boolean {
  return (
    error instanceof TrinoQueryError && OTHER_FORMAT_ERRORS.has(error.errorName)
  );
}
