import type { Knex } from 'knex';
import { sqlDialect } from '../../../observations/dialect';
import type { DbNumber } from '../../../observations/storable';

/**
 * `series`: grows with each change of a connection's series. `queries-pruned`:
 * epoch ms; queries made before may be gone from the log. `minutes-pruned`:
 * epoch ms; buckets of minutes before are gone. `looked`: epoch ms of the newest
 * minute that was looked at. `observed`: likewise of a connection's queries.
 */
export type MarkName =
  | 'series'
  | 'queries-pruned'
  | 'minutes-pruned'
  | 'looked'
  | 'observed';

/** Stands for no connection in particular. */
export const EVERY_CONNECTION = '';

/** How far something has come. Only ever grows. */
export class Marks {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** Of the connection, and those of every one. */
  async read(
    connection: string,
  ): Promise<Readonly<Partial<Record<MarkName, number>>>> {
    const rows: Array<{ name: MarkName; value: DbNumber }> = await this.#db(
      'slo_marks',
    )
      .whereIn('connection', [connection, EVERY_CONNECTION])
      .select('name', 'value');
    return Object.fromEntries(
      rows.map(({ name, value }) => [name, Number(value)]),
    );
  }

  async raise(connection: string, name: MarkName, value: number) {
    const larger = sqlDialect(this.#db).greatest(
      'slo_marks.value',
      'excluded.value',
    );
    await this.#db.raw(
      'INSERT INTO slo_marks (connection, name, value) VALUES (?, ?, ?) ' +
        `ON CONFLICT (connection, name) DO UPDATE SET value = ${larger}`,
      [connection, name, value],
    );
  }

  async increase(connection: string, name: MarkName) {
    await this.#db.raw(
      'INSERT INTO slo_marks (connection, name, value) VALUES (?, ?, 1) ' +
        'ON CONFLICT (connection, name) DO UPDATE SET value = slo_marks.value + 1',
      [connection, name],
    );
  }
}
