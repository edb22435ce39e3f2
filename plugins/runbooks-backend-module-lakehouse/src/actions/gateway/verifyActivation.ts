import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Verification } from '@lakehouse-ops/plugin-runbooks-common';

/** Tells whether a backend is back. */
export function verifyActivation(backend: GatewayBackend): Verification {
  const { name, active, health, routingGroup } = backend;
  const metrics: Verification['metrics'] = [
    {
      label: 'Active',
      unit: 'text',
      before: 'no',
      after: active ? 'yes' : 'no',
    },
    { label: 'Health', unit: 'text', after: health },
  ];
  if (!active) {
    return {
      outcome: 'not-verified',
      summary: `Backend ${name} is deactivated: somebody took it out again, or the gateway did not keep the change.`,
      metrics,
    };
  }
  if (health === 'healthy') {
    return {
      outcome: 'verified',
      summary: `Backend ${name} is active and healthy: it gets queries of group ${routingGroup}.`,
      metrics,
    };
  }
  return {
    outcome: health === 'unknown' ? 'inconclusive' : 'not-verified',
    summary:
      health === 'unknown'
        ? `Backend ${name} is active; whether it is healthy nobody can tell.`
        : `Backend ${name} is active but ${health}: the gateway sends it no queries yet.`,
    metrics,
  };
}
