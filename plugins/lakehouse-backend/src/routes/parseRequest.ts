import { InputError, toError } from '@backstage/errors';
import {
  parseTableRef,
  QUERY_STATES,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';

const LIMIT_MAX = 200;
const OFFSET_MAX = 10_000;
const BUCKETS_MAX = 300;
const TEXT_MAX = 500;
const WINDOW_MAX_DAYS = 31;
const DAY_MS = 86_400_000;

const Text = z.string().min(1).max(TEXT_MAX).optional();
const Time = z.iso
  .datetime({ offset: true, error: 'must be an ISO time with its zone' })
  .transform(time => new Date(time).toISOString())
  .optional();
const Figure = z.coerce.number().min(0).optional();
const Order = z.enum(['asc', 'desc']).optional();
const Limit = z.coerce.number().int().min(1).max(LIMIT_MAX).default(50);
const Offset = z.coerce.number().int().min(0).max(OFFSET_MAX).default(0);

/** A repeated parameter; Express gives one as a text and several as a list. */
const States = z
  .union([z.string(), z.array(z.string())])
  .transform(value => (typeof value === 'string' ? [value] : value))
  .pipe(z.array(z.enum(QUERY_STATES)).max(QUERY_STATES.length))
  .optional();

const QueryFilterFields = {
  states: States,
  user: Text,
  source: Text,
  clientTag: Text,
  resourceGroup: Text,
  table: Text,
  error: Text,
  minWallMs: Figure,
  maxWallMs: Figure,
  text: Text,
  from: Time,
  to: Time,
};

function boundedWindow<T extends { from?: string; to?: string }>(
  value: T,
  context: z.RefinementCtx,
) {
  if (!value.from) return;
  const from = Date.parse(value.from);
  const to = value.to ? Date.parse(value.to) : Date.now();
  if (value.to && to <= from) {
    context.addIssue({
      code: 'custom',
      path: ['to'],
      message: 'must be after from',
    });
  } else if (to - from > WINDOW_MAX_DAYS * DAY_MS) {
    context.addIssue({
      code: 'custom',
      path: ['from'],
      message: `must be at most ${WINDOW_MAX_DAYS} days before to`,
    });
  }
}

export const RangeRequest = z
  .object({ from: Time, to: Time })
  .superRefine(boundedWindow);

export const QueriesRequest = z
  .object({
    ...QueryFilterFields,
    sort: z
      .enum([
        'createdAt',
        'wallMs',
        'queuedMs',
        'cpuMs',
        'peakMemoryBytes',
        'physicalInputBytes',
        'state',
        'user',
        'source',
      ])
      .optional(),
    order: Order,
    limit: Limit,
    offset: Offset,
  })
  .superRefine(boundedWindow);

export const QueryStatsRequest = z
  .object({
    ...QueryFilterFields,
    buckets: z.coerce.number().int().min(1).max(BUCKETS_MAX).default(60),
  })
  .superRefine(boundedWindow);

export const TablesRequest = z.object({
  connection: Text,
  text: Text,
  status: z.enum(['healthy', 'at-risk', 'breached', 'unknown']).optional(),
  sort: z
    .enum(['score', 'name', 'dataFiles', 'sizeBytes', 'committedAt'])
    .optional(),
  order: Order,
  limit: Limit,
  offset: Offset,
});

export const WorkloadsRequest = z
  .object({ namespace: Text, selector: Text, of: Text, from: Time, to: Time })
  .superRefine(boundedWindow);

export const TimelineRequest = z
  .object({ connection: Text, from: Time, to: Time })
  .superRefine(boundedWindow);

export const DashboardsOfTableRequest = z.object({
  reads: z
    .string({
      error: 'must be a table: <connection>/<catalog>.<schema>.<table>',
    })
    .max(TEXT_MAX)
    .transform((text, context) => {
      try {
        return parseTableRef(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: toError(error).message });
        return z.NEVER;
      }
    }),
});

/** @throws InputError that names each parameter which can't be used, and why */
export function parseRequest<S extends z.ZodType>(
  schema: S,
  query: unknown,
): z.output<S> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    issue => `${issue.path.join('.') || 'query'}: ${issue.message}`,
  );
  throw new InputError(
    `The request has parameters that can't be used. ${problems.join('; ')}.`,
  );
}
