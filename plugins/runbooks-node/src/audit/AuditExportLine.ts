import type { JsonObject } from '@backstage/types';
import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import type { AuditCheckpoint } from './AuditCheckpoint';

/**
 * Longest line of an export, in characters; an entry's detail is far shorter.
 *
 * @public
 */
export const MAX_AUDIT_LINE_LENGTH = 4_000_000;

/**
 * One line of an audit log that was taken away: first `export`, then entries
 * by sequence with each checkpoint right behind its entry, last `end`.
 *
 * @public
 */
export type AuditExportLine =
  | {
      readonly type: 'export';
      readonly version: 1;
      readonly exportedAt: string;
      /** It holds what follows this entry; 0 for all. */
      readonly after: number;
      /** What whoever checks it should know, such as that nothing is signed. */
      readonly note?: string;
    }
  | ({ readonly type: 'entry' } & AuditEntry)
  | ({ readonly type: 'checkpoint' } & AuditCheckpoint)
  | {
      readonly type: 'end';
      /** The last entry in it. */
      readonly last: number;
      /** Nothing more stood in the log. */
      readonly complete: boolean;
    };

const sequence = z.number().int().min(0);

// Not read any deeper: its very content is what was hashed.
const detail = z.custom<JsonObject>(
  value => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);

// Strict: what is not hashed or signed must not be slipped in.
const lineSchema: z.ZodType<AuditExportLine> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('export'),
    version: z.literal(1),
    exportedAt: z.string(),
    after: sequence,
    note: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('entry'),
    sequence,
    at: z.string(),
    actor: z.string(),
    event: z.string(),
    runId: z.string().optional(),
    detail,
    previousHash: z.string(),
    hash: z.string(),
  }),
  z.strictObject({
    type: z.literal('checkpoint'),
    sequence,
    hash: z.string(),
    at: z.string(),
    keyId: z.string(),
    signature: z.string(),
  }),
  z.strictObject({
    type: z.literal('end'),
    last: sequence,
    complete: z.boolean(),
  }),
]);

/**
 * Reads one line of an export.
 *
 * @returns what is wrong with it as a text, when it is none
 */
export function parseAuditExportLine(text: string): AuditExportLine | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return [issue.path.map(String).join('.'), issue.message]
    .filter(Boolean)
    .join(': ');
}
