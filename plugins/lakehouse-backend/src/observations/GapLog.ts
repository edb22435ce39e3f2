import type { Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { GapClosed } from './Observation';
import { SqlDialect, sqlDialect } from './dialect';
import { DbNumber, epochMs, isoFromDb, storableText } from './storable';

interface GapRow {
  connection: string;
  subject: Gap['subject'];
  since_at: DbNumber;
  until_at: DbNumber | null;
  code: Gap['code'];
  reason: string;
  remedy: string;
}

const GAPS_MAX = 500;

/** The part of the store that keeps gaps: at most one is open per subject. */
export class GapLog {
  readonly #db: Knex;
  readonly #dialect: SqlDialect;

  constructor(db: Knex) {
    this.#db = db;
    this.#dialect = sqlDialect(db);
  }

  /** Repeating it keeps the earliest start and takes over the newest reason. */
  async open(trx: Knex.Transaction, gap: Gap) {
    const since = epochMs(gap.since);
    if (since === undefined) return;
    const earliest = `-(${this.#dialect.greatest(
      '-gaps.since_at',
      '-excluded.since_at',
    )})`;
    // A replay from before the gap was closed does not open it again.
    await trx.raw(
      'INSERT INTO gaps (connection, subject, since_at, code, reason, remedy) ' +
        'SELECT c, s, t, k, r, m FROM (SELECT CAST(? AS text) AS c, CAST(? AS text) AS s, CAST(? AS bigint) AS t, CAST(? AS text) AS k, CAST(? AS text) AS r, CAST(? AS text) AS m) AS told ' +
        'WHERE NOT EXISTS (SELECT 1 FROM gaps g WHERE g.connection = told.c AND g.subject = told.s AND g.since_at <= told.t AND g.until_at > told.t) ' +
        'ON CONFLICT (connection, subject) WHERE until_at IS NULL DO UPDATE SET ' +
        `since_at = ${earliest}, code = excluded.code, reason = excluded.reason, remedy = excluded.remedy`,
      [
        gap.connection,
        gap.subject,
        since,
        gap.code,
        storableText(gap.reason),
        storableText(gap.remedy),
      ],
    );
    const until = epochMs(gap.until);
    if (until !== undefined) {
      await this.close(trx, {
        type: 'GapClosed',
        connection: gap.connection,
        subject: gap.subject,
        at: gap.until ?? '',
      });
    }
  }

  async close(trx: Knex.Transaction, closed: GapClosed) {
    const at = epochMs(closed.at);
    if (at === undefined) return;
    await trx('gaps')
      .where({ connection: closed.connection, subject: closed.subject })
      .whereNull('until_at')
      .where('since_at', '<=', at)
      .update({ until_at: at });
  }

  /** Open gaps and those that touch the range, newest first. */
  async list(connection: string, range?: { from: string; to: string }) {
    const from = epochMs(range?.from);
    const to = epochMs(range?.to);
    const rows: GapRow[] = await this.#db('gaps')
      .where('connection', connection)
      .where(q => {
        q.whereNull('until_at');
        if (from !== undefined) {
          q.orWhere(ended => {
            ended.where('until_at', '>', from);
            if (to !== undefined) ended.where('since_at', '<', to);
          });
        }
      })
      .orderBy('since_at', 'desc')
      .limit(GAPS_MAX)
      .select(
        'connection',
        'subject',
        'since_at',
        'until_at',
        'code',
        'reason',
        'remedy',
      );
    return rows.map(
      (row): Gap => ({
        connection: row.connection,
        subject: row.subject,
        since: new Date(Number(row.since_at)).toISOString(),
        until: isoFromDb(row.until_at),
        code: row.code,
        reason: row.reason,
        remedy: row.remedy,
      }),
    );
  }

  async countOpen(): Promise<
    Array<{ connection: string; subject: Gap['subject']; count: number }>
  > {
    const rows: Array<
      Pick<GapRow, 'connection' | 'subject'> & { open: DbNumber }
    > = await this.#db('gaps')
      .whereNull('until_at')
      .groupBy('connection', 'subject')
      .select('connection', 'subject')
      .count({ open: '*' });
    return rows.map(({ connection, subject, open }) => ({
      connection,
      subject,
      count: Number(open),
    }));
  }

  /** Deletes at most `limit` gaps that ended before. */
  async prune(before: number, limit: number): Promise<number> {
    return this.#db('gaps')
      .whereIn(
        'id',
        this.#db('gaps')
          .where('until_at', '<', before)
          .limit(limit)
          .select('id'),
      )
      .delete();
  }
}
