import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';
import type { PreviewContent } from '@lakehouse-ops/plugin-runbooks-common';
import type { GroupUse } from './groupUse';
import { sampleClients } from './sampleClients';

/** Tells who gets the backend back, and whether it is well. */
export function previewActivation(options: {
  backend: GatewayBackend;
  use: GroupUse | { unknown: string };
}): PreviewContent {
  const { backend, use } = options;
  const { name, routingGroup, health } = backend;
  return {
    summary: `Backend ${name} of group ${routingGroup} gets new queries again as soon as the gateway finds it healthy.`,
    changes: [
      { label: 'Active', before: 'no', after: 'yes', unit: 'text' },
      { label: 'Health', before: health, after: 'healthy', unit: 'text' },
      ...('unknown' in use
        ? []
        : [
            {
              label: `Queries of group ${routingGroup} that ran elsewhere in the last hour`,
              before: use.diverted,
              unit: 'count' as const,
            },
          ]),
    ],
    samples: 'unknown' in use ? undefined : sampleClients(use),
    untouched: ['Queries that run on other backends: they stay there.'],
    warnings: [
      ...(health === 'unhealthy'
        ? [
            'The gateway sees it as unhealthy: it gets no queries until it is well.',
          ]
        : []),
      ...(health === 'unknown'
        ? [
            "Nobody looks at its health (the gateway's monitor is NOOP, or does not answer): it gets queries at once, well or not.",
          ]
        : []),
      ...('unknown' in use
        ? [`Who used the group in the last hour can't be told: ${use.unknown}.`]
        : []),
    ],
  };
}
