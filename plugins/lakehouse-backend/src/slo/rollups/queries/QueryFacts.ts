import { z } from 'zod';
import { stateOfRank } from '../../../observations/queries/stateRank';

const number = z
  .union([z.number(), z.string().transform(Number)])
  .nullish()
  .transform(value => value ?? undefined);
const text = z
  .string()
  .nullish()
  .transform(value => value ?? undefined);

/** Columns of `queries` that decide what a query counts for. */
export const FACT_COLUMNS = [
  'connection',
  'query_id',
  'state_rank',
  'created_at',
  'ended_at',
  'queued_ms',
  'wall_ms',
  'user_name',
  'source',
  'client_tags',
  'resource_group',
  'query_type',
  'error_name',
  'error_type',
] as const;

const StoredFacts = z.object({
  connection: z.string(),
  query_id: z.string(),
  state_rank: z.number(),
  created_at: number,
  ended_at: number,
  queued_ms: number,
  wall_ms: number,
  user_name: text,
  source: text,
  client_tags: text,
  resource_group: text,
  query_type: text,
  error_name: text,
  error_type: text,
} satisfies Record<(typeof FACT_COLUMNS)[number], z.ZodType>);

export type FactRow = z.output<typeof StoredFacts>;

/** What a query that has ended is judged by. */
export interface QueryFacts {
  readonly ended: 'FINISHED' | 'FAILED';
  readonly endedMs: number;
  readonly queuedMs?: number;
  readonly wallMs?: number;
  readonly user?: string;
  readonly source?: string;
  readonly clientTags: readonly string[];
  /** Joined by dots. */
  readonly resourceGroup?: string;
  readonly queryType?: string;
  readonly errorName?: string;
  readonly errorType?: string;
  /** Read or written, each once. */
  readonly tables: readonly string[];
}

export function parseFactRow(stored: unknown): FactRow {
  return StoredFacts.parse(stored);
}

/** Undefined while its end is not known: it counts for nothing then. */
export function factsOf(
  row: FactRow,
  tables: readonly string[],
): QueryFacts | undefined {
  const state = stateOfRank(row.state_rank);
  if (state !== 'FINISHED' && state !== 'FAILED') return undefined;
  if (row.ended_at === undefined) return undefined;
  return {
    ended: state,
    endedMs: row.ended_at,
    queuedMs: row.queued_ms,
    wallMs: row.wall_ms,
    user: row.user_name,
    source: row.source,
    clientTags: textsOf(row.client_tags),
    resourceGroup: row.resource_group
      ? textsOf(row.resource_group).join('.')
      : undefined,
    queryType: row.query_type,
    errorName: row.error_name,
    errorType: row.error_type,
    tables,
  };
}

function textsOf(json: string | undefined): string[] {
  return json ? z.array(z.string()).parse(JSON.parse(json)) : [];
}
