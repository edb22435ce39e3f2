import type { Knex } from 'knex';

/** What differs in SQL between the two databases that Backstage runs on. */
export interface SqlDialect {
  /** The larger of two expressions; a missing one loses. */
  greatest(a: string, b: string): string;
  /** `FROM` source of one row per object of a JSON array that is bound as `?`. */
  rowsOfJson(columns: ReadonlyArray<readonly [string, SqlType]>): {
    select: string;
    from: string;
  };
  /** Subquery of the texts in a JSON array that is bound as `?`. */
  readonly textsOfJson: string;
}

export type SqlType = 'text' | 'integer' | 'real';

const POSTGRES_TYPES = {
  text: 'text',
  integer: 'bigint',
  real: 'double precision',
} as const;

const postgres: SqlDialect = {
  greatest: (a, b) => `GREATEST(${a}, ${b})`,
  rowsOfJson: columns => ({
    select: columns.map(([name]) => `src.${name}`).join(', '),
    from: `json_to_recordset(?::json) AS src(${columns
      .map(([name, type]) => `${name} ${POSTGRES_TYPES[type]}`)
      .join(', ')})`,
  }),
  textsOfJson: 'SELECT value FROM json_array_elements_text(?::json)',
};

const sqlite: SqlDialect = {
  greatest: (a, b) => `COALESCE(MAX(${a}, ${b}), ${a}, ${b})`,
  rowsOfJson: columns => ({
    select: columns
      .map(([name]) => `json_extract(src.value, '$.${name}')`)
      .join(', '),
    from: 'json_each(?) AS src',
  }),
  textsOfJson: 'SELECT value FROM json_each(?)',
};

export function sqlDialect(db: Knex): SqlDialect {
  const client: unknown = db.client.config.client;
  return client === 'pg' || client === 'postgres' || client === 'postgresql'
    ? postgres
    : sqlite;
}
