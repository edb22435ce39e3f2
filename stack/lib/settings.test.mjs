import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SERVICE_NAMES } from './services.mjs';
import { readSettings } from './settings.mjs';

const read = ({ env = {}, options, uid = 1000 } = {}) =>
  readSettings({ env, options, uid, home: '/home/ada' });

describe('readSettings', () => {
  it('has defaults for everything', () => {
    const settings = read();
    assert.equal(
      settings.stateDir,
      '/home/ada/.local/state/lakehouse-ops/stack',
    );
    assert.equal(settings.cacheDir, '/home/ada/.cache/lakehouse-ops');
    assert.equal(settings.ports.trinoHttp, 18080);
    assert.equal(settings.trinoVersion, '476');
    assert.deepEqual(settings.services, DEFAULT_SERVICE_NAMES);
    assert.equal(settings.isSupersetCacheSplit, false);
    assert.equal(
      settings.ingestUrl,
      'http://127.0.0.1:7007/api/lakehouse/ingest/trino/analytics',
    );
  });

  it("keeps root's state where PostgreSQL's user can reach it", () => {
    assert.equal(read({ uid: 0 }).stateDir, '/var/tmp/lakehouse-ops-stack-0');
  });

  it('lets variables change folders and ports', () => {
    const settings = read({
      env: {
        LAKEHOUSE_STACK_HOME: '/s',
        LAKEHOUSE_STACK_CACHE: '/c',
        STACK_REDIS_PORT: '1234',
        BACKEND_PORT: '7107',
      },
    });
    assert.equal(settings.stateDir, '/s');
    assert.equal(settings.cacheDir, '/c');
    assert.equal(settings.ports.redis, 1234);
    assert.match(settings.ingestUrl, /:7107\//);
  });

  it('refuses what is no port, naming the variable', () => {
    for (const value of ['x', '0', '70000', '1.5']) {
      assert.throws(
        () => read({ env: { STACK_POSTGRES_PORT: value } }),
        /STACK_POSTGRES_PORT/,
      );
    }
  });

  it('takes --only in any order and refuses unknown names', () => {
    assert.deepEqual(read({ options: { only: 'trino, redis' } }).services, [
      'redis',
      'trino',
    ]);
    assert.throws(() => read({ options: { only: 'trino,kafka' } }), /kafka/);
    assert.throws(() => read({ options: { only: '' } }), /nothing/);
  });

  it('adds to the usual services by --with', () => {
    assert.deepEqual(read({ options: { with: 'oidc' } }).services, [
      ...DEFAULT_SERVICE_NAMES,
      'oidc',
    ]);
    assert.deepEqual(
      read({ options: { only: 'redis', with: 'gateway' } }).services,
      ['redis', 'gateway'],
    );
    assert.throws(() => read({ options: { with: 'x' } }), /--with names x/);
  });

  it("splits Superset's cache by option and by variable", () => {
    for (const input of [
      { options: { 'split-cache': true } },
      { env: { STACK_SUPERSET_SPLIT_CACHE: '1' } },
    ]) {
      assert.equal(read(input).isSupersetCacheSplit, true);
    }
  });

  it('takes another Trino version and refuses what is none', () => {
    assert.equal(read({ options: { trino: '470' } }).trinoVersion, '470');
    assert.throws(() => read({ options: { trino: '../x' } }), /not a Trino/);
  });
});
