import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  DEFAULT_SERVICE_NAMES,
  processesOf,
  SERVICE_NAMES,
  SERVICES,
  startsAfter,
  stopOrder,
  withNeeds,
} from './services.mjs';

describe('services', () => {
  it('are light by default', () => {
    assert.ok(DEFAULT_SERVICE_NAMES.includes('superset'));
    for (const extra of ['trino2', 'gateway', 'oidc']) {
      assert.ok(!DEFAULT_SERVICE_NAMES.includes(extra));
    }
  });

  it('bring what they need, needs of needs included', () => {
    assert.deepEqual(withNeeds(['superset']), [
      'postgres',
      'redis',
      'superset',
    ]);
    assert.deepEqual(withNeeds(['gateway']), [
      'postgres',
      'trino',
      'trino2',
      'gateway',
    ]);
    assert.deepEqual(withNeeds(['redis']), ['redis']);
  });

  it('wait for processes only that their needs bring', () => {
    for (const name of SERVICE_NAMES) {
      const there = processesOf(withNeeds([name]));
      for (const process of SERVICES[name].processes) {
        startsAfter(process).forEach(other => assert.ok(there.includes(other)));
      }
    }
  });

  it('stop before what they talk to', () => {
    const groups = stopOrder(processesOf(SERVICE_NAMES));
    const at = name => groups.findIndex(group => group.includes(name));
    assert.ok(at('superset-worker') < at('superset'));
    assert.ok(at('superset') < at('postgres'));
    assert.ok(at('gateway') < at('trino2'));
    assert.equal(groups.flat().length, processesOf(SERVICE_NAMES).length);
    assert.deepEqual(stopOrder(['redis', 'postgres']), [['redis', 'postgres']]);
  });
});
