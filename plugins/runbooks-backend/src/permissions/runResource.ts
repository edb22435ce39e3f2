import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_RUNBOOK_RUN,
  type Risk,
  type RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { riskSchema } from '../store/modelSchemas';

/**
 * What a permission on runs is asked about: which runbook, how risky, on what.
 *
 * @public
 */
export interface RunResource {
  readonly runbookId: string;
  readonly risk: Risk;
  readonly target: RunTarget;
}

/**
 * What a rule asks of stored runs. All that is given must match.
 *
 * @public
 */
export interface RunQuery {
  readonly runbookIds?: readonly string[];
  readonly risks?: readonly Risk[];
  readonly system?: string;
  readonly connections?: readonly string[];
}

/**
 * The resource type of runs, for permission policies.
 *
 * @public
 */
export const runResourceRef = createPermissionResourceRef<
  RunResource,
  RunQuery
>().with({ pluginId: 'runbooks', resourceType: RESOURCE_TYPE_RUNBOOK_RUN });

const encodedSchema = z.tuple([
  z.string(),
  riskSchema,
  z.string(),
  z.string(),
  z.string(),
  z.string(),
]);

/**
 * Writes a resource as a reference that the permission backend hands back.
 *
 * @public
 */
export function encodeRunResource({
  runbookId,
  risk,
  target,
}: RunResource): string {
  const fields = [
    runbookId,
    risk,
    target.system,
    target.connection,
    target.kind,
    target.name,
  ];
  return Buffer.from(JSON.stringify(fields), 'utf8').toString('base64url');
}

/**
 * Reads what {@link encodeRunResource} wrote; undefined when it is anything else.
 *
 * @public
 */
export function decodeRunResource(ref: string): RunResource | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(ref, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = encodedSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const [runbookId, risk, system, connection, kind, name] = parsed.data;
  return { runbookId, risk, target: { system, connection, kind, name } };
}
