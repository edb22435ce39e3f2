import { z } from 'zod';
import { bigintLiteral, tableName, varcharLiteral } from '../trino/literals';
import type { TrinoQueries } from '../trino/TrinoQueries';

/** One thing that the API answers: what it takes, under which key it is kept, and how it is made. */
export interface Endpoint {
  /** In Express' words. */
  readonly path: string;
  /** In metrics and traces. */
  readonly name: string;
  /** @throws ZodError when the request can't be read */
  prepare(request: { params: unknown; query: unknown }): {
    readonly key: string;
    load(queries: Pick<TrinoQueries, 'rows'>): Promise<unknown>;
  };
}

const commitsSchema = z.object({
  author: z
    .string()
    .regex(/^[\w#.-]{1,40}$/, 'may have letters, digits and _ # . - only')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const activitySchema = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30),
});
const repoSchema = z.object({
  repo: z.coerce.number().int().min(1).max(1_000_000_000),
});

const commitRow = z
  .tuple([z.number(), z.number(), z.string(), z.string(), z.number()])
  .transform(([id, repo, author, day, size]) => ({
    id,
    repo,
    author,
    day,
    size,
  }));
const dayRow = z
  .tuple([z.string(), z.number(), z.number()])
  .transform(([day, commits, authors]) => ({ day, commits, authors }));
const repoRow = z
  .tuple([z.number(), z.number(), z.string().nullable(), z.string().nullable()])
  .transform(([commits, authors, firstDay, lastDay]) => ({
    commits,
    authors,
    firstDay: firstDay ?? undefined,
    lastDay: lastDay ?? undefined,
  }));

/**
 * The endpoints over a table with the columns of TPC-H's orders: an order
 * stands for a commit, its clerk for the author, its customer for the
 * repository.
 */
export function endpoints(table: string): Endpoint[] {
  const from = tableName(table);
  return [
    {
      path: '/v1/commits',
      name: 'commits',
      prepare({ query }) {
        const { author, limit } = commitsSchema.parse(query);
        const where = author ? `WHERE clerk = ${varcharLiteral(author)} ` : '';
        const sql = `SELECT orderkey, custkey, clerk, CAST(orderdate AS varchar), totalprice FROM ${from} ${where}ORDER BY orderdate DESC, orderkey DESC LIMIT ${bigintLiteral(
          limit,
        )}`;
        return {
          key: `personal-api:commits:${author ?? 'all'}:${limit}`,
          load: async queries => ({
            commits: await queries.rows(sql, commitRow),
          }),
        };
      },
    },
    {
      path: '/v1/activity-summary',
      name: 'activity-summary',
      prepare({ query }) {
        const { days } = activitySchema.parse(query);
        const sql = `SELECT CAST(orderdate AS varchar) AS day, count(*) AS commits, count(DISTINCT clerk) AS authors FROM ${from} GROUP BY orderdate ORDER BY orderdate DESC LIMIT ${bigintLiteral(
          days,
        )}`;
        return {
          key: `personal-api:activity-summary:days-${days}`,
          load: async queries => ({ days: await queries.rows(sql, dayRow) }),
        };
      },
    },
    {
      path: '/v1/repos/:repo/stats',
      name: 'repo-stats',
      prepare({ params }) {
        const { repo } = repoSchema.parse(params);
        const sql = `SELECT count(*), count(DISTINCT clerk), CAST(min(orderdate) AS varchar), CAST(max(orderdate) AS varchar) FROM ${from} WHERE custkey = ${bigintLiteral(
          repo,
        )}`;
        return {
          key: `personal-api:repo-stats:repo-${repo}`,
          load: async queries => {
            const [stats] = await queries.rows(sql, repoRow);
            return { repo, ...stats };
          },
        };
      },
    },
  ];
}
