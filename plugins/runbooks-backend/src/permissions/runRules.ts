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

/** All rules that policies can use on runs. */
export const runRules = { actionIs, riskAtMost, targetIs };

const exported = createConditionExports({
  resourceRef: runResourceRef,
  rules: runRules,
});

/**
 * Conditions for permission policies: `actionIs`, `riskAtMost`, `targetIs`.
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
