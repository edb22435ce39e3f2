import { NotFoundError } from '@backstage/errors';
import type {
  TrinoCapabilities,
  TrinoConnection,
  TrinoConnections,
  TrinoKillResult,
  TrinoListedQuery,
  TrinoResult,
  TrinoStatementOptions,
  TrinoValue,
} from '@lakehouse-ops/plugin-lakehouse-node';

type Row = Record<string, TrinoValue>;

/** What the fake answers to a statement. */
export interface FakeAnswer {
  readonly match: RegExp;
  readonly answer: (
    sql: string,
    options: TrinoStatementOptions,
  ) => Row[] | Promise<Row[]>;
  readonly columns?: Array<{ name: string; type: string }>;
}

export const listedQuery: TrinoListedQuery = {
  queryId: '20261121_101500_00001_abcde',
  state: 'RUNNING',
  user: 'alice',
  source: 'nightly-export',
  clientTags: [],
  resourceGroup: ['global', 'etl'],
  queryType: 'SELECT',
  query: "SELECT * FROM gold.daily_sales WHERE token = 'very-secret'",
  createdAt: '2026-11-21T10:15:00.000Z',
  elapsedMs: 185_000,
  cpuMs: 12_400,
};

/** A connection to a Trino that tests make up. */
export class FakeTrinoConnection implements TrinoConnection {
  readonly id = 'analytics';
  readonly title = 'Analytics';
  readonly user = 'lakehouse-ops';
  readonly source = 'lakehouse-ops';
  readonly queries = new Map<string, TrinoListedQuery>();
  readonly statements: string[] = [];
  readonly tags: string[] = [];
  readonly answers: FakeAnswer[] = [];
  readonly kills: Array<{ queryId: string; message: string }> = [];
  killResult: TrinoKillResult = { outcome: 'killed' };
  killEnds = true;
  probe: TrinoCapabilities | Error = {
    probedAt: '2026-11-21T10:00:00.000Z',
    version: '476',
    coordinator: true,
    starting: false,
    catalogs: [
      { name: 'iceberg', connector: 'iceberg' },
      { name: 'delta', connector: 'delta_lake' },
      { name: 'tpch', connector: 'tpch' },
    ],
    capabilities: [{ id: 'query.kill', available: true }],
  };
  #count = 0;

  get connections(): TrinoConnections {
    return {
      list: () => [this],
      get: id => {
        if (id === this.id) return this;
        throw new NotFoundError(`There is no Trino connection '${id}'`);
      },
    };
  }

  async query(
    sql: string,
    options: TrinoStatementOptions = {},
  ): Promise<TrinoResult> {
    this.statements.push(sql);
    this.tags.push(...(options.clientTags ?? []));
    this.#count += 1;
    const queryId = `20261121_101500_${String(this.#count).padStart(
      5,
      '0',
    )}_fakeq`;
    await options.onQueryId?.(queryId);
    const found = this.answers.find(({ match }) => match.test(sql));
    if (!found) throw new Error(`The fake has no answer to: ${sql}`);
    const rows = await found.answer(sql, options);
    const columns =
      found.columns ??
      Object.keys(rows[0] ?? {}).map(name => ({ name, type: 'varchar' }));
    return { queryId, columns, rows, truncated: false, elapsedMs: 1 };
  }

  async cancel() {}

  async kill(queryId: string, message: string) {
    this.kills.push({ queryId, message });
    const query = this.queries.get(queryId);
    if (query && this.killEnds && this.killResult.outcome === 'killed') {
      this.queries.set(queryId, {
        ...query,
        state: 'FAILED',
        errorName: 'ADMINISTRATIVELY_KILLED',
      });
    }
    return this.killResult;
  }

  async listQueries() {
    return [...this.queries.values()];
  }

  async getQuery(queryId: string) {
    return this.queries.get(queryId);
  }

  async metrics() {
    return new Map<string, number>();
  }

  async resourceGroups() {
    return [];
  }

  async capabilities() {
    if (this.probe instanceof Error) throw this.probe;
    return this.probe;
  }

  status() {
    return { available: !(this.probe instanceof Error) };
  }
}
