import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { SloActionContext } from './SloActionContext';

const SPENDERS_MAX = 5;

/** `explain-slo`: how an SLO stands, and what spent its budget. */
export function createExplainSloAction(
  actionsRegistry: Pick<ActionsRegistryService, 'register'>,
  { sloAccess, views, spenders }: SloActionContext,
) {
  actionsRegistry.register({
    name: 'explain-slo',
    title: 'Explain SLO',
    description:
      'Explains one SLO of the lakehouse: how it stands, its burn rates against the factors at which alerts fire, when the budget runs out at the newest pace, who spent it (by source, user, table, error and resource group), and the runbooks that its owners suggest.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          id: z
            .string()
            .min(1)
            .describe('Id of the SLO, as list-slos tells it'),
          from: z
            .string()
            .datetime({ offset: true })
            .optional()
            .describe(
              "Since when spenders are told, as an ISO time; the budget's window unless told",
            ),
          to: z
            .string()
            .datetime({ offset: true })
            .optional()
            .describe('Until when spenders are told; now unless told'),
        }),
      output: z =>
        z.object({
          id: z.string(),
          title: z.string(),
          status: z.string(),
          data: z.string(),
          sentence: z.string(),
          objectives: z.array(
            z.object({
              title: z.string(),
              target: z.number(),
              threshold: z.string().optional(),
              attainment: z.number().optional(),
              good: z.number().optional(),
              total: z.number().optional(),
            }),
          ),
          budgetRemaining: z.number().optional(),
          exhaustedAt: z
            .string()
            .optional()
            .describe('When the budget is empty at the newest pace'),
          coverage: z
            .number()
            .optional()
            .describe("Share of the window's elapsed time that was observed"),
          windowFrom: z.string(),
          windowTo: z.string(),
          burnRates: z.array(
            z.object({
              condition: z.string(),
              severity: z.string(),
              state: z.string(),
              factor: z.number(),
              burnRate: z.number().optional(),
            }),
          ),
          silencedUntil: z.string().optional(),
          spentInRange: z
            .number()
            .describe("Share of the window's budget spent in the range"),
          spenders: z.array(
            z.object({
              dimension: z.string(),
              value: z
                .string()
                .optional()
                .describe('Absent for all others in one'),
              share: z.number(),
              bad: z.number(),
            }),
          ),
          spendersNote: z.string().optional(),
          runbooks: z.array(z.string()),
        }),
    },
    action: async ({ input, credentials }) => {
      const { id, from, to } = input;
      const slo = await sloAccess.readAs(credentials, id);
      const [view, spent] = await Promise.all([
        views.one(slo, { mayManage: false }),
        spenders.read(slo, { from, to }),
      ]);
      return {
        output: {
          id: view.id,
          title: view.title,
          status: view.status,
          data: view.data,
          sentence: view.sentence,
          objectives: view.objectives.map(one => {
            const { displayName, sli, target, threshold } = one.objective;
            return {
              title: displayName ?? sli.displayName ?? sli.name,
              target,
              threshold:
                threshold &&
                `${threshold.op} ${threshold.value} ${threshold.unit}`,
              attainment: one.attainment,
              good: one.good,
              total: one.total,
            };
          }),
          budgetRemaining: view.budget?.remaining,
          exhaustedAt: view.forecast?.exhaustedAt,
          coverage: view.coverage,
          windowFrom: view.windowFrom,
          windowTo: view.windowTo,
          burnRates: view.burnRates.map(rate => ({
            condition: rate.condition,
            severity: rate.severity,
            state: rate.state,
            factor: rate.factor,
            burnRate: rate.long,
          })),
          silencedUntil: view.silencedUntil,
          spentInRange: spent.spent,
          spenders: spent.dimensions.flatMap(({ dimension, items }) =>
            items.slice(0, SPENDERS_MAX).map(({ value, share, bad }) => ({
              dimension,
              value,
              share,
              bad,
            })),
          ),
          spendersNote: spent.note,
          runbooks: [...view.definition.runbooks],
        },
      };
    },
  });
}
