import type { Knex } from 'knex';
import { z } from 'zod';
import { jsonText } from '../json/jsonSchemas';
import { countFromRow } from '../store/rows';
import { type Alert, alertSchema } from './Alert';
import type { HeardAlert, HeardAlerts } from './HeardAlerts';

/** Alerts that may wait to start runbooks. */
export const MAX_HEARD = 200;

const TABLE = 'runbook_heard_alerts';

const rowSchema = z
  .object({ alert: jsonText(alertSchema), heard_at: z.iso.datetime() })
  .transform(
    ({ alert, heard_at }): HeardAlert => ({
      alert,
      heardAt: new Date(heard_at),
    }),
  );

/** {@link HeardAlerts} in Backstage's database. */
export class DatabaseHeardAlerts implements HeardAlerts {
  readonly #db: Knex;
  readonly #now: () => Date;

  /** @param db - brought up to date by the store of the runs */
  static create(options: { db: Knex; now?: () => Date }): DatabaseHeardAlerts {
    return new DatabaseHeardAlerts(options);
  }

  private constructor({
    db,
    now = () => new Date(),
  }: {
    db: Knex;
    now?: () => Date;
  }) {
    this.#db = db;
    this.#now = now;
  }

  async add(alert: Alert): Promise<boolean> {
    const { alertId } = alert;
    const others = countFromRow(
      await this.#db(TABLE)
        .whereNot({ alert_id: alertId })
        .count({ count: '*' })
        .first(),
    );
    if (others >= MAX_HEARD) return false;
    await this.#db(TABLE)
      .insert({
        alert_id: alertId,
        alert: JSON.stringify(alert),
        heard_at: this.#now().toISOString(),
      })
      .onConflict('alert_id')
      .ignore();
    return true;
  }

  async settle(alertId: string): Promise<void> {
    await this.#db(TABLE).where({ alert_id: alertId }).delete();
  }

  async heardBefore(time: Date): Promise<HeardAlert[]> {
    const rows: unknown[] = await this.#db(TABLE)
      .where('heard_at', '<', time.toISOString())
      .orderBy('heard_at')
      .limit(MAX_HEARD)
      .select('alert', 'heard_at');
    return rows.map(row => rowSchema.parse(row));
  }
}
