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
  /** Entity refs of who owns the target, as the catalog says. */
  readonly owners?: readonly string[];
  /** Which environment the target belongs to, when that is told. */
  readonly environment?: string;
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
  /** Entity refs, one of which owns the target. */
  readonly owners?: readonly string[];
  readonly environments?: readonly string[];
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

const encodedSchema = z.tuple(
  [z.string(), riskSchema, z.string(), z.string(), z.string(), z.string()],
  // References that were written before there were facts have none.
  z.object({
    owners: z.array(z.string()).optional(),
    environment: z.string().optional(),
  }),
);

/**
 * Writes a resource as a reference that the permission backend hands back.
 *
 * @public
 */
export function encodeRunResource({
  runbookId,
  risk,
  target,
  owners,
  environment,
}: RunResource): string {
  const known = owners?.length || environment !== undefined;
  const fields = [
    runbookId,
    risk,
    target.system,
    target.connection,
    target.kind,
    target.name,
    ...(known ? [{ owners, environment }] : []),
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
  const [runbookId, risk, system, connection, kind, name, facts] = parsed.data;
  return {
    runbookId,
    risk,
    target: { system, connection, kind, name },
    ...facts,
  };
}
