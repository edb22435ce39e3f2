import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';

/** Tells whether a backend is out and its queries are done. */
export function verifyDeactivation(facts: {
  name: string;
  active: boolean;
  waited: boolean;
  drained: boolean;
  remaining?: number;
  reason?: string;
  /** Now, however they came there. */
  alive?: number;
}): Verification {
  const { name, active, waited, drained, remaining, alive } = facts;
  const metrics: Verification['metrics'] = [
    {
      label: 'Active',
      unit: 'text',
      before: 'yes',
      after: active ? 'yes' : 'no',
    },
    { label: 'Queries alive there', unit: 'count', after: alive },
  ];
  if (active) {
    return {
      outcome: 'not-verified',
      summary: `Backend ${name} is active: somebody brought it back, or the gateway did not keep the change.`,
      metrics,
    };
  }
  if (!waited) {
    return {
      outcome: 'verified',
      summary: `Backend ${name} gets no new queries. Its queries were not waited for.`,
      metrics,
    };
  }
  if (drained) {
    return {
      outcome: 'verified',
      summary: `Backend ${name} gets no new queries, and those that it had are done.`,
      metrics,
    };
  }
  return {
    outcome: remaining === undefined ? 'inconclusive' : 'not-verified',
    summary:
      remaining === undefined
        ? `Backend ${name} gets no new queries. Whether those that it had are done can't be told: ${
            facts.reason ?? 'nobody counted them'
          }.`
        : `Backend ${name} gets no new queries, but ${remaining} of those that it had were still there when the time to wait was over.`,
    metrics,
  };
}
