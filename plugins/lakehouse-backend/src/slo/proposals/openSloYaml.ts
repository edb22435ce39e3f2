import { stringify } from 'yaml';

/** What a proposed SLO is made of. */
export interface ProposedSlo {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly service: string;
  /** `spec` of the lakehouse source. */
  readonly source: {
    readonly indicator: string;
    readonly connection: string;
    readonly where?: Readonly<Record<string, string | undefined>>;
    readonly unit?: string;
  };
  /** Of indicators that are values. */
  readonly threshold?: { readonly op: 'lte' | 'gte'; readonly value: number };
  readonly target: number;
  readonly windowDays: number;
}

/** An OpenSLO v1 document, ready to be committed. */
export function openSloYaml(slo: ProposedSlo): string {
  const metricSource = { type: 'lakehouse', spec: withoutEmpty(slo.source) };
  const objective = { displayName: slo.displayName, target: slo.target };
  return stringify(
    {
      apiVersion: 'openslo/v1',
      kind: 'SLO',
      metadata: { name: slo.name, displayName: slo.displayName },
      spec: {
        description: slo.description,
        service: slo.service,
        indicator: {
          metadata: { name: slo.name },
          spec: slo.threshold
            ? { thresholdMetric: { metricSource } }
            : { ratioMetric: { rawType: 'success', raw: { metricSource } } },
        },
        timeWindow: [{ duration: `${slo.windowDays}d`, isRolling: true }],
        budgetingMethod: 'Occurrences',
        objectives: [{ ...objective, ...slo.threshold }],
      },
    },
    { lineWidth: 100 },
  );
}

function withoutEmpty(source: ProposedSlo['source']): Record<string, unknown> {
  const { where = {}, ...rest } = source;
  const filters = Object.entries(where).filter(([, value]) => value);
  return {
    ...Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== undefined),
    ),
    ...(filters.length > 0 && { where: Object.fromEntries(filters) }),
  };
}
