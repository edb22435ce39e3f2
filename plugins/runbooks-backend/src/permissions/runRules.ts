import {
  createConditionExports,
  createPermissionRule,
  type PermissionRule,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_RUNBOOK_RUN,
  type Risk,
  RISKS,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { riskSchema } from '../store/modelSchemas';
import { type RunQuery, type RunResource, runResourceRef } from './runResource';

const actionIs = createPermissionRule({
  name: 'ACTION_IS',
  description: 'Allow runs of certain runbooks or actions',
  resourceRef: runResourceRef,
  paramsSchema: z.object({
    ids: z
      .array(z.string())
      .describe('Runbook or action ids, for example trino:kill-query'),
  }),
  apply: (resource, { ids }) => ids.includes(resource.runbookId),
  toQuery: ({ ids }) => ({ runbookIds: ids }),
});

// Named, since the order in which a bare union is told differs from build to build.
const riskAtMost: PermissionRule<
  RunResource,
  RunQuery,
  typeof RESOURCE_TYPE_RUNBOOK_RUN,
  { risk: Risk }
> = createPermissionRule({
  name: 'RISK_AT_MOST',
  description: 'Allow runs up to a risk',
  resourceRef: runResourceRef,
  paramsSchema: z.object({
    risk: riskSchema.describe('low, medium or high'),
  }),
  apply: (resource, { risk }) =>
    RISKS.indexOf(resource.risk) <= RISKS.indexOf(risk),
  toQuery: ({ risk }) => ({ risks: RISKS.slice(0, RISKS.indexOf(risk) + 1) }),
});

const targetIs = createPermissionRule({
  name: 'TARGET_IS',
  description: 'Allow runs on a system, or on some of its connections',
  resourceRef: runResourceRef,
  paramsSchema: z.object({
    system: z.string().optional().describe('For example trino'),
    connections: z
      .array(z.string())
      .optional()
      .describe('Connection ids; any unless given'),
  }),
  apply: ({ target }, { system, connections }) =>
    (system === undefined || target.system === system) &&
    (connections === undefined || connections.includes(target.connection)),
  toQuery: ({ system, connections }) => ({ system, connections }),
});

const ownsTarget = createPermissionRule({
  name: 'OWNS_TARGET',
  description: 'Allow runs on what somebody owns, as the catalog says',
  resourceRef: runResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs that the person owns things as'),
  }),
  apply: ({ owners = [] }, { claims }) =>
    claims.some(claim => owners.includes(normalRef(claim))),
  toQuery: ({ claims }) => ({ owners: claims.map(normalRef) }),
});

const environmentIs = createPermissionRule({
  name: 'ENVIRONMENT_IS',
  description: 'Allow runs on targets of certain environments',
  resourceRef: runResourceRef,
  paramsSchema: z.object({
    environments: z.array(z.string()).describe('For example staging'),
  }),
  apply: ({ environment }, { environments }) =>
    environment !== undefined && environments.includes(environment),
  toQuery: ({ environments }) => ({ environments }),
});

/** All rules that policies can use on runs. */
export const runRules = {
  actionIs,
  riskAtMost,
  targetIs,
  ownsTarget,
  environmentIs,
};

const exported = createConditionExports({
  resourceRef: runResourceRef,
  rules: runRules,
});

/**
 * Conditions for permission policies: `actionIs`, `riskAtMost`, `targetIs`,
 * `ownsTarget`, `environmentIs`.
 *
 * @public
 */
export const runbookRunConditions = exported.conditions;

/**
 * Makes a policy decision from {@link runbookRunConditions}.
 *
 * @public
 */
export const createRunbookRunConditionalDecision =
  exported.createConditionalDecision;

function normalRef(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}
