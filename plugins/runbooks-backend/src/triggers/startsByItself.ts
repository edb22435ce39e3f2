import type { JsonValue } from '@backstage/types';
import type { Risk } from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';

const originSchema = z.object({ kind: z.enum(['schedule', 'alert']) });

/** Whether no person pressed a button. */
export function startsByItself(origin: JsonValue | undefined): boolean {
  return originSchema.safeParse(origin).success;
}

/** Above low risk, what starts by itself waits for somebody to agree. */
export function waitsForApproval(
  risk: Risk,
  origin: JsonValue | undefined,
): boolean {
  return risk === 'high' || (risk !== 'low' && startsByItself(origin));
}
