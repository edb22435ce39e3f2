import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { storableText, type DbNumber } from '../../observations/storable';
import type { AlertEvent, AlertFired } from './AlertEvent';

/** Longer than any one attempt. */
const LEASE_MS = 120_000;
const MAX_ERROR_LENGTH = 500;
/** Alerts whose silence ended that are looked at in a round. */
const MAX_RELEASED = 200;
const MAX_ROWS = 500;
const MAX_FIRING = 5_000;

/** Messages of one target that are claimed for an attempt. */
export interface ClaimedMessage {
  readonly id: string;
  readonly threadId: string;
  readonly target: string;
  readonly deliveries: ReadonlyArray<{
    readonly id: number;
    readonly attempts: number;
    readonly createdAtMs: number;
    readonly event: AlertEvent;
  }>;
}

/**
 * What is to be told, in the database: written in the transaction of what
 * happened, claimed by one replica at a time, and kept until it was sent.
 */
export class Outbox {
  readonly #db: Knex;

  static create(options: { db: Knex }): Outbox {
    return new Outbox(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  /** Targets that something waits for now. */
  async dueTargets(nowMs: number): Promise<string[]> {
    return this.#due(nowMs)
      .distinct('target')
      .orderBy('target')
      .pluck('target');
  }

  /** The next message of a target; undefined when there is none, or another replica sends it. */
  async claim(
    target: string,
    nowMs: number,
  ): Promise<ClaimedMessage | undefined> {
    const next = await this.#due(nowMs)
      .where('target', target)
      // A target hears of the end of an alert after its beginning.
      .whereNotExists(
        this.#db('slo_deliveries as earlier')
          .select(this.#db.raw('1'))
          .whereRaw('earlier.thread_id = slo_deliveries.thread_id')
          .whereRaw('earlier.target = slo_deliveries.target')
          .whereRaw('earlier.delivery_id < slo_deliveries.delivery_id')
          .whereRaw('earlier.message_id <> slo_deliveries.message_id')
          .where('earlier.state', 'waiting'),
      )
      .orderBy('delivery_id')
      .first<{ message_id: string } | undefined>('message_id');
    if (!next) return undefined;
    const claimed = await this.#db('slo_deliveries')
      .where({ message_id: next.message_id, state: 'waiting' })
      .where('leased_until', '<=', nowMs)
      .update({
        leased_until: nowMs + LEASE_MS,
        attempts: this.#db.raw('attempts + 1'),
      });
    return claimed ? this.#read(next.message_id) : undefined;
  }

  /** It arrived. */
  async sent(ids: readonly number[], nowMs: number): Promise<void> {
    await this.#finish(ids, { state: 'sent', done_at: nowMs, error: null });
  }

  /** To be told when the silence ends, should the alert fire then. */
  async silenced(ids: readonly number[], nowMs: number): Promise<void> {
    await this.#finish(ids, { state: 'silenced', done_at: nowMs, error: null });
  }

  async failed(
    ids: readonly number[],
    options: { error: string; nowMs: number },
  ): Promise<void> {
    await this.#finish(ids, {
      state: 'failed',
      done_at: options.nowMs,
      error: shortened(options.error),
    });
  }

  async retryLater(
    ids: readonly number[],
    options: { error: string; nextMs: number },
  ): Promise<void> {
    await this.#finish(ids, {
      state: 'waiting',
      leased_until: 0,
      next_at: options.nextMs,
      error: shortened(options.error),
    });
  }

  /** Puts up again what was silenced and still fires now that no silence is in force. */
  async releaseSilenced(nowMs: number): Promise<void> {
    const rows: Array<{ delivery_id: number }> = await this.#db(
      'slo_deliveries',
    )
      .join('slo_alerts', 'slo_alerts.alert_id', 'slo_deliveries.alert_id')
      .where('slo_deliveries.state', 'silenced')
      .where('slo_deliveries.kind', 'firing')
      .where('slo_alerts.state', 'firing')
      .whereNotIn('slo_deliveries.slo_id', this.#silencedSlos(nowMs))
      .orderBy('delivery_id')
      .limit(MAX_RELEASED)
      .select('delivery_id');
    for (const { delivery_id: id } of rows) {
      await this.#db('slo_deliveries')
        .where({ delivery_id: id, state: 'silenced' })
        .update({
          state: 'waiting',
          message_id: randomUUID(),
          attempts: 0,
          created_at: nowMs,
          next_at: nowMs,
          leased_until: 0,
          done_at: null,
        });
    }
  }

  /** Alerts that fire now, and whose firing a target was told of. */
  async toldFiring(target: string, nowMs: number): Promise<AlertFired[]> {
    const rows: Array<{ content: string }> = await this.#db('slo_deliveries')
      .join('slo_alerts', 'slo_alerts.alert_id', 'slo_deliveries.alert_id')
      .where('slo_deliveries.state', 'sent')
      .where('slo_deliveries.kind', 'firing')
      .where('slo_deliveries.target', target)
      .where('slo_alerts.state', 'firing')
      .whereNotIn('slo_deliveries.slo_id', this.#silencedSlos(nowMs))
      .orderBy('delivery_id')
      .limit(MAX_FIRING)
      .select('content');
    return rows.map(({ content }) => {
      const event: AlertFired = JSON.parse(content);
      return event;
    });
  }

  /** Which of some SLOs have a silence in force. */
  async silencedAmong(
    sloIds: readonly string[],
    nowMs: number,
  ): Promise<ReadonlySet<string>> {
    const silenced: string[] = await this.#silencedSlos(nowMs)
      .whereIn('slo_id', [...sloIds])
      .pluck('slo_id');
    return new Set(silenced);
  }

  /** Deletes what was done with before, and returns how much. */
  async prune(beforeMs: number): Promise<number> {
    const old: number[] = await this.#db('slo_deliveries')
      .where('created_at', '<', beforeMs)
      .whereNot('state', 'waiting')
      .orderBy('created_at')
      .limit(MAX_ROWS)
      .pluck('delivery_id');
    if (!old.length) return 0;
    return this.#db('slo_deliveries').whereIn('delivery_id', old).delete();
  }

  /** SLOs with a silence in force. */
  #silencedSlos(nowMs: number): Knex.QueryBuilder {
    return this.#db('slo_silences')
      .where('from_at', '<=', nowMs)
      .where('until_at', '>', nowMs)
      .select('slo_id');
  }

  #due(nowMs: number): Knex.QueryBuilder {
    return this.#db('slo_deliveries')
      .where('slo_deliveries.state', 'waiting')
      .where('next_at', '<=', nowMs)
      .where('leased_until', '<=', nowMs);
  }

  async #read(messageId: string): Promise<ClaimedMessage | undefined> {
    const rows: DeliveryRow[] = await this.#db('slo_deliveries')
      .where({ message_id: messageId, state: 'waiting' })
      .orderBy('delivery_id')
      .limit(MAX_ROWS)
      .select('*');
    const [first] = rows;
    if (!first) return undefined;
    return {
      id: messageId,
      threadId: first.thread_id,
      target: first.target,
      deliveries: rows.map(row => {
        const event: AlertEvent = JSON.parse(row.content);
        return {
          id: row.delivery_id,
          attempts: Number(row.attempts),
          createdAtMs: Number(row.created_at),
          event,
        };
      }),
    };
  }

  async #finish(
    ids: readonly number[],
    changes: Readonly<Record<string, string | number | null>>,
  ): Promise<void> {
    await this.#db('slo_deliveries')
      .whereIn('delivery_id', [...ids])
      .where('state', 'waiting')
      .update(changes);
  }
}

interface DeliveryRow {
  delivery_id: number;
  thread_id: string;
  target: string;
  attempts: DbNumber;
  created_at: DbNumber;
  content: string;
}

function shortened(error: string): string {
  return storableText(error).slice(0, MAX_ERROR_LENGTH);
}
