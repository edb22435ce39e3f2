import type { SloProposal } from '@lakehouse-ops/plugin-lakehouse-common';

/** Two that the last weeks suggest. */
export function mockProposals(): SloProposal[] {
  const yaml = (name: string, target: number, value?: number) =>
    [
      'apiVersion: openslo/v1',
      'kind: SLO',
      'metadata:',
      `  name: ${name}`,
      'spec:',
      '  service: personal-api',
      '  budgetingMethod: Occurrences',
      '  timeWindow:',
      '    - duration: 30d',
      '      isRolling: true',
      '  objectives:',
      `    - target: ${target}`,
      ...(value === undefined
        ? []
        : ['      op: lte', `      value: ${value}`]),
      '',
    ].join('\n');
  const latency = yaml('personal-api-latency', 0.99, 400);
  return [
    {
      title: 'Queries of personal-api end within 400 ms',
      reason:
        'It ran 41,992 queries in 28 days; 99.2 % of them ended within 400 ms.',
      target: 0.99,
      threshold: { value: 400, unit: 'ms' },
      attained: 0.992,
      basedOnDays: 28,
      yaml: latency,
      path: 'slos.yaml',
      pullRequestUrl: `https://git.example/new/main?${new URLSearchParams({
        filename: 'slos.yaml',
        value: latency,
      })}`,
    },
    {
      title: 'Queries of personal-api succeed',
      reason: '99.97 % of the queries of 28 days ended well.',
      target: 0.999,
      attained: 0.9997,
      basedOnDays: 28,
      yaml: yaml('personal-api-success', 0.999),
      path: 'slos.yaml',
      annotation: 'lakehouse-ops.io/slo: ./slos.yaml',
    },
  ];
}
