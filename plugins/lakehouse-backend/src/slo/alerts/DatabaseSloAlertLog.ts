import { ConflictError } from '@backstage/errors';
import type {
  SloAlert,
  SloCorrection,
  SloSilence,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { pruneOldest } from '../../observations/shared/pruneOldest';
import { sqlDialect } from '../../observations/dialect';
import { type DbNumber, epochMs } from '../../observations/storable';
import {
  correctionFromRow,
  correctionRow,
  type CorrectionRow,
} from './correctionRow';
import { readDeliveries } from './readDeliveries';
import { alertFromRow, type AlertRow } from './alertRow';
import { silenceFromRow, silenceRow, type SilenceRow } from './silenceRow';
import type { SloAlertLog } from './SloAlertLog';

const DEFAULT_ALERTS = 50;
const MAX_ALERTS = 1_000;
const PRUNE_LIMIT = 500;
/** All that may be kept of one SLO, so that nothing is left out of the count unseen. */
const MAX_CORRECTIONS = 500;
/** Of all that were asked for. */
const MAX_SPANS = 20_000;

/** {@link SloAlertLog} on SQLite and PostgreSQL. */
export class DatabaseSloAlertLog implements SloAlertLog {
  readonly #db: Knex;
  readonly #now: () => number;

  /** Of a database whose schema is up to date. */
  static create(options: {
    db: Knex;
    now?: () => number;
  }): DatabaseSloAlertLog {
    return new DatabaseSloAlertLog(options.db, options.now ?? Date.now);
  }

  private constructor(db: Knex, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  async alerts(
    sloIds: readonly string[],
    range?: { from: string; to: string; limit?: number },
  ): Promise<ReadonlyMap<string, SloAlert[]>> {
    const newest = this.#of('slo_alerts', sloIds);
    const from = epochMs(range?.from);
    const to = epochMs(range?.to);
    if (to !== undefined) newest.where('pending_at', '<=', to);
    if (from !== undefined) {
      newest.where(open =>
        open.where('resolved_at', '>=', from).orWhereNull('resolved_at'),
      );
    }
    const rows: AlertRow[] = await newest
      .orderBy([
        { column: 'pending_at', order: 'desc' },
        { column: 'alert_id' },
      ])
      .limit(Math.min(MAX_ALERTS, range?.limit ?? DEFAULT_ALERTS))
      .select('*');
    const deliveries = await readDeliveries(
      this.#db,
      rows.map(row => row.alert_id),
    );
    return grouped(
      sloIds,
      rows.map(row => alertFromRow(row, deliveries.get(row.alert_id) ?? [])),
      alert => alert.sloId,
    );
  }

  async silences(
    sloIds: readonly string[],
  ): Promise<ReadonlyMap<string, SloSilence[]>> {
    const now = this.#now();
    const rows: SilenceRow[] = await this.#of('slo_silences', sloIds)
      .where('from_at', '<=', now)
      .where('until_at', '>', now)
      .orderBy([
        { column: 'until_at', order: 'desc' },
        { column: 'silence_id' },
      ])
      .limit(MAX_SPANS)
      .select('*');
    return mapped(sloIds, rows, silenceFromRow);
  }

  async corrections(
    sloIds: readonly string[],
    range?: { from: string; to: string },
  ): Promise<ReadonlyMap<string, SloCorrection[]>> {
    const touching = this.#of('slo_corrections', sloIds);
    const from = epochMs(range?.from);
    const to = epochMs(range?.to);
    if (from !== undefined) touching.where('to_at', '>', from);
    if (to !== undefined) touching.where('from_at', '<', to);
    const rows: CorrectionRow[] = await touching
      .orderBy([
        { column: 'from_at', order: 'desc' },
        { column: 'correction_id' },
      ])
      .limit(MAX_SPANS)
      .select('*');
    return mapped(sloIds, rows, correctionFromRow);
  }

  /** @throws ConflictError when there are too many already */
  async addCorrection(sloId: string, correction: SloCorrection): Promise<void> {
    const [{ kept }]: Array<{ kept: DbNumber }> = await this.#db(
      'slo_corrections',
    )
      .where({ slo_id: sloId })
      .count({ kept: '*' });
    if (Number(kept) >= MAX_CORRECTIONS) {
      throw new ConflictError(
        `The SLO '${sloId}' has ${MAX_CORRECTIONS} corrections, which is all that it may have. Remove old ones, or put times that touch into one.`,
      );
    }
    await this.#db('slo_corrections').insert(correctionRow(sloId, correction));
  }

  async removeCorrection(sloId: string, id: string): Promise<boolean> {
    const removed = await this.#db('slo_corrections')
      .where({ slo_id: sloId, correction_id: id })
      .delete();
    return removed > 0;
  }

  async addSilence(sloId: string, silence: SloSilence): Promise<void> {
    await this.#db('slo_silences').insert(silenceRow(sloId, silence));
  }

  async endSilence(sloId: string, id: string): Promise<boolean> {
    const now = this.#now();
    const ended = await this.#db('slo_silences')
      .where({ slo_id: sloId, silence_id: id })
      .where('until_at', '>', now)
      .update({ until_at: now });
    return ended > 0;
  }

  /** Deletes some of the silences and corrections that were over before, and returns how many. */
  async prune(beforeMs: number): Promise<number> {
    const limit = PRUNE_LIMIT;
    const options = { before: beforeMs, limit };
    return (
      (await pruneOldest(this.#db, {
        ...options,
        table: 'slo_silences',
        column: 'until_at',
      })) +
      (await pruneOldest(this.#db, {
        ...options,
        table: 'slo_corrections',
        column: 'to_at',
      }))
    );
  }

  #of(table: string, sloIds: readonly string[]): Knex.QueryBuilder {
    const { textsOfJson } = sqlDialect(this.#db);
    return this.#db(table).whereRaw(`slo_id IN (${textsOfJson})`, [
      JSON.stringify(sloIds),
    ]);
  }
}

function mapped<R extends { slo_id: string }, T>(
  sloIds: readonly string[],
  rows: readonly R[],
  read: (row: R) => T,
): ReadonlyMap<string, T[]> {
  const bySlo = grouped(sloIds, rows, row => row.slo_id);
  return new Map([...bySlo].map(([id, of]) => [id, of.map(read)]));
}

/** An entry for each SLO that was asked for, also for those without any. */
function grouped<T>(
  sloIds: readonly string[],
  things: readonly T[],
  sloOf: (thing: T) => string,
): Map<string, T[]> {
  const bySlo = new Map<string, T[]>(sloIds.map(id => [id, []]));
  for (const thing of things) bySlo.get(sloOf(thing))?.push(thing);
  return bySlo;
}
