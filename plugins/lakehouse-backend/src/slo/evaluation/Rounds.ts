import type { Knex } from 'knex';
import type { DbNumber } from '../../observations/storable';

/** When something was last done for all SLOs at once, by any replica. */
export class Rounds {
  readonly #db: Knex;

  static create(options: { db: Knex }): Rounds {
    return new Rounds(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async last(name: string): Promise<number | undefined> {
    const row = await this.#db('slo_rounds')
      .where({ name })
      .first<{ at: DbNumber } | undefined>('at');
    return row && Number(row.at);
  }

  async done(name: string, atMs: number): Promise<void> {
    await this.#db('slo_rounds')
      .insert({ name, at: atMs })
      .onConflict('name')
      .merge();
  }
}
