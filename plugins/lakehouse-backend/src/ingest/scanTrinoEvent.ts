import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { DEFAULT_MAX_TEXT_LENGTH, TEXT_MARGIN } from './queryText';
import { scanJson, type Shape } from './scanJson';

/** A character takes up to six bytes as an escape. */
const BYTES_PER_CHARACTER = 6;
const NAME_BYTES = 2_000;
const MESSAGE_BYTES = 20_000;
const TABLES_MAX = 500;
const TAGS_MAX = 100;

const name: Shape = { kind: 'text', maxBytes: NAME_BYTES };
const number: Shape = { kind: 'number' };
const names: Shape = { kind: 'list', items: name, max: TAGS_MAX };

const SECONDS = [
  'queuedTime',
  'analysisTime',
  'planningTime',
  'executionTime',
  'wallTime',
  'cpuTime',
] as const;

const COUNTS = [
  'physicalInputBytes',
  'physicalInputRows',
  'outputBytes',
  'outputRows',
  'writtenBytes',
  'writtenRows',
  'spilledBytes',
  'peakUserMemoryBytes',
] as const;

function table(catalogField: string): Shape {
  return {
    kind: 'object',
    fields: { [catalogField]: name, schema: name, table: name },
  };
}

/**
 * The part of an event that is kept. Fields as the HTTP event listener of
 * Trino 470 to 476 sends them (`io.trino.spi.eventlistener`).
 */
function eventShape(maxTextLength: number): Shape {
  return {
    kind: 'object',
    fields: {
      createTime: name,
      executionStartTime: name,
      endTime: name,
      metadata: {
        kind: 'object',
        fields: {
          queryId: name,
          query: {
            kind: 'text',
            maxBytes: (maxTextLength + TEXT_MARGIN) * BYTES_PER_CHARACTER,
          },
          queryState: name,
          tables: { kind: 'list', items: table('catalog'), max: TABLES_MAX },
        },
      },
      context: {
        kind: 'object',
        fields: {
          user: name,
          source: name,
          clientTags: names,
          resourceGroupId: names,
          queryType: name,
          traceToken: name,
        },
      },
      statistics: {
        kind: 'object',
        fields: Object.fromEntries(
          [...SECONDS, ...COUNTS].map(field => [field, number]),
        ),
      },
      ioMetadata: {
        kind: 'object',
        fields: {
          inputs: {
            kind: 'list',
            items: table('catalogName'),
            max: TABLES_MAX,
          },
          output: table('catalogName'),
        },
      },
      failureInfo: {
        kind: 'object',
        fields: {
          errorCode: {
            kind: 'object',
            fields: { code: number, name, type: name },
          },
          failureMessage: { kind: 'text', maxBytes: MESSAGE_BYTES },
        },
      },
    },
  };
}

const Name = z.string().optional();
const Names = z.array(z.string()).optional();
const Milliseconds = z
  .string()
  .transform(seconds => Math.round(Number(seconds) * 1000))
  .optional();
const Count = z
  .string()
  .transform(literal => Number(literal))
  .optional();
const Tables = z
  .array(z.object({ catalog: Name, schema: Name, table: Name }))
  .optional();
const IoTable = z.object({ catalogName: Name, schema: Name, table: Name });

const EventSchema = z.object({
  createTime: Name,
  executionStartTime: Name,
  endTime: Name,
  metadata: z.object({
    queryId: z.string().min(1),
    query: Name,
    queryState: Name,
    tables: Tables,
  }),
  context: z
    .object({
      user: Name,
      source: Name,
      clientTags: Names,
      resourceGroupId: Names,
      queryType: Name,
      traceToken: Name,
    })
    .default({}),
  statistics: z
    .object({
      queuedTime: Milliseconds,
      analysisTime: Milliseconds,
      planningTime: Milliseconds,
      executionTime: Milliseconds,
      wallTime: Milliseconds,
      cpuTime: Milliseconds,
      physicalInputBytes: Count,
      physicalInputRows: Count,
      outputBytes: Count,
      outputRows: Count,
      writtenBytes: Count,
      writtenRows: Count,
      spilledBytes: Count,
      peakUserMemoryBytes: Count,
    } satisfies Record<(typeof SECONDS)[number] | (typeof COUNTS)[number], z.ZodType>)
    .optional(),
  ioMetadata: z
    .object({ inputs: z.array(IoTable).optional(), output: IoTable.optional() })
    .default({}),
  failureInfo: z
    .object({
      errorCode: z.object({ code: Count, name: Name, type: Name }).optional(),
      failureMessage: Name,
    })
    .optional(),
});

/** What is kept of an event of Trino's event listener. Times in ms. */
export type TrinoEvent = z.infer<typeof EventSchema>;

/**
 * Reads an event without building what is not kept: plans, payload and
 * operator statistics are skipped. Fields that are missing, unknown or of
 * another type than expected do not matter, but for the query's id.
 *
 * @throws InputError when it is not JSON, or not an event of a query
 */
export function scanTrinoEvent(
  body: Buffer,
  options: { maxTextLength?: number } = {},
): TrinoEvent {
  const { maxTextLength = DEFAULT_MAX_TEXT_LENGTH } = options;
  const event = EventSchema.safeParse(
    scanJson(body, eventShape(maxTextLength)),
  );
  if (!event.success) {
    throw new InputError(
      "The body is JSON but not an event of Trino's event listener: metadata.queryId is missing. Point http-event-listener.connect-ingest-uri of Trino at this address, and nothing else.",
    );
  }
  return event.data;
}
