import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { SloActionContext } from './SloActionContext';

const LIMIT_MAX = 100;

/** `list-slos`: which promises are kept, and which are not. */
export function createListSlosAction(
  actionsRegistry: Pick<ActionsRegistryService, 'register'>,
  { sloAccess, views }: SloActionContext,
) {
  actionsRegistry.register({
    name: 'list-slos',
    title: 'List SLOs',
    description:
      'Lists the SLOs of the lakehouse that the caller may see, worst first: attainment against target, how much of the error budget is left, which alerts fire, and a sentence that explains it. Use explain-slo with an id of the list for what spent the budget.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .optional()
            .describe('Only of this entity: <kind>:<namespace>/<name>'),
          owner: z
            .string()
            .optional()
            .describe('Only of this owner, as an entity ref'),
          status: z
            .enum(['breached', 'at-risk', 'unknown', 'healthy'])
            .optional()
            .describe(
              'Only of this status: breached (no budget left), at-risk, unknown (no data), healthy',
            ),
          search: z
            .string()
            .optional()
            .describe('Part of the name, title or service'),
          limit: z
            .number()
            .int()
            .min(1)
            .max(LIMIT_MAX)
            .optional()
            .describe('How many at most; 20 unless told'),
        }),
      output: z =>
        z.object({
          slos: z.array(
            z.object({
              id: z.string().describe('For explain-slo'),
              title: z.string(),
              service: z.string(),
              entityRef: z.string().optional(),
              owner: z.string().optional(),
              status: z.string(),
              data: z
                .string()
                .describe(
                  'Whether the figures stand: measured, stale, no-data, backfilling',
                ),
              target: z.number().describe('Share of good that is promised'),
              attainment: z
                .number()
                .optional()
                .describe('Share of good; absent without data'),
              budgetRemaining: z
                .number()
                .optional()
                .describe(
                  'Share of the error budget that is left; below 0 when more than all was spent',
                ),
              firing: z
                .array(z.string())
                .describe('Alert conditions that fire now'),
              sentence: z.string(),
            }),
          ),
          total: z.number().describe('How many match'),
          hidden: z.number().describe('SLOs that the caller may not see'),
        }),
    },
    action: async ({ input, credentials }) => {
      const { limit = 20, entityRef, ...filter } = input;
      const connections = await sloAccess.connections({ credentials });
      const list = await views.list({
        ...filter,
        entityRef: entityRef?.toLowerCase(),
        limit,
        connections,
      });
      return {
        output: {
          slos: list.items.map(slo => ({
            id: slo.id,
            title: slo.title,
            service: slo.service,
            entityRef: slo.entityRef,
            owner: slo.owner,
            status: slo.status,
            data: slo.data,
            target: slo.target,
            attainment: slo.attainment,
            budgetRemaining: slo.budget?.remaining,
            firing: slo.burnRates
              .filter(({ state }) => state === 'firing')
              .map(({ condition }) => condition),
            sentence: slo.sentence,
          })),
          total: list.total,
          hidden: list.hidden,
        },
      };
    },
  });
}
