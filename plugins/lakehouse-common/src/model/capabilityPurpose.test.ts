import { capabilityPurpose } from './capabilityPurpose';

describe('capabilityPurpose', () => {
  it.each([
    ['query.kill', 'action'],
    ['keys.unlink', 'action'],
    ['keys.expire', 'action'],
    ['csrf', 'action'],
    ['cache.invalidate', 'action'],
    ['cache.warm', 'action'],
    ['alerts.execute', 'action'],
    ['alerts.write', 'action'],
    ['backends.change', 'action'],
    ['lakehouse/deployments.patch', 'action'],
    ['lakehouse/deployments/scale.patch', 'action'],
    ['access.protected', 'protection'],
    ['query.list', 'observation'],
    ['metrics.read', 'observation'],
    ['metrics.query', 'observation'],
    ['alerts.log', 'observation'],
    ['keys.ttl', 'observation'],
    ['datasources.all', 'observation'],
    ['backends.health', 'observation'],
    ['lakehouse/pods.list', 'observation'],
    ['catalog.lake.metadata-tables', 'observation'],
    ['catalog.kill.metadata-tables', 'observation'],
    ['something', 'observation'],
  ])('%s is for %s', (id, purpose) => {
    expect(capabilityPurpose({ id })).toBe(purpose);
  });
});
