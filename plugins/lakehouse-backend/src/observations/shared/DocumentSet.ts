import type { Knex } from 'knex';
import { Documents } from './Documents';

/**
 * Things of one kind that are told all at once: those that are not among the
 * newest telling are gone. Whatever order tellings come in, the newest stands.
 */
export class DocumentSet<T, About = Record<string, never>> {
  readonly #members: Documents<T>;
  readonly #sets: Documents<About>;

  constructor(db: Knex, kind: string) {
    this.#members = new Documents(db, kind);
    this.#sets = new Documents(db, `${kind}-set`);
  }

  async put(
    trx: Knex.Transaction,
    connection: string,
    set: {
      at: string;
      about: About;
      members: ReadonlyArray<{ id: string; content: T }>;
    },
  ): Promise<void> {
    const { at, about, members } = set;
    await this.#members.put(
      trx,
      connection,
      members.map(member => ({ ...member, at })),
    );
    await this.#sets.put(trx, connection, [{ at, content: about }]);
  }

  /** The newest telling. */
  async read(
    connection: string,
    options: { limit: number },
  ): Promise<{ at: string; about: About; members: T[] } | undefined> {
    const set = await this.#sets.get(connection);
    if (!set) return undefined;
    const members = await this.#members.list(connection, {
      ...options,
      at: set.at,
    });
    return {
      at: set.at,
      about: set.content,
      members: members.map(({ content }) => content),
    };
  }

  /** Whatever was ever told and is still kept, newest first, each with when it was told last. */
  async everTold(
    connection: string,
    options: { limit: number },
  ): Promise<Array<{ at: string; content: T }>> {
    return this.#members.list(connection, options);
  }
}
