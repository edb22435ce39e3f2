import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { dockerAddresses, localAddresses } from '../lib/addresses.mjs';
import { readSettings } from '../lib/settings.mjs';
import { gatewayBackends, gatewayConfig } from './gatewayConfig.mjs';
import { prometheusConfig } from './prometheusConfig.mjs';
import { writeRedisConfig } from './redisConfig.mjs';
import { supersetVariables } from './superset.mjs';

const settings = readSettings({ env: {}, uid: 1000, home: '/home/ada' });
const addresses = localAddresses(settings);
const secrets = new Proxy({}, { get: (_target, name) => `${name}-value` });

describe('redis.conf', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stack-redis-'));
  after(() => rmSync(folder, { recursive: true }));

  it('holds hashes, no passwords, and gives no right to values', () => {
    const file = join(folder, 'redis.conf');
    writeRedisConfig({ file, settings: { port: 1 }, secrets });
    const text = readFileSync(file, 'utf8');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.match(text, /^port 1$/m);
    const hash = createHash('sha256')
      .update('redisObserverPassword-value')
      .digest('hex');
    assert.match(
      text,
      new RegExp(`^user observer on #${hash} ~\\* -@all `, 'm'),
    );
    assert.doesNotMatch(text, /-value/);
    const [observer, operator] = text.match(/^user .*$/gm);
    assert.doesNotMatch(observer, /\+(get|set|unlink|pexpire|flush)/);
    assert.match(operator, /\+unlink \+expire \+pexpire$/);
  });
});

describe('the configuration of Prometheus', () => {
  const jobs = services =>
    prometheusConfig({ addresses, services }).scrape_configs.map(
      ({ job_name: job }) => job,
    );

  it('scrapes Trino as a user with few rights', () => {
    const { scrape_configs: scrapes } = prometheusConfig({
      addresses,
      services: ['prometheus'],
    });
    const trino = scrapes.find(({ job_name: job }) => job === 'trino');
    assert.deepEqual(trino.basic_auth, { username: 'monitor' });
    assert.deepEqual(trino.static_configs, [{ targets: ['127.0.0.1:18080'] }]);
  });

  it('asks the extra servers only where they are wanted', () => {
    assert.ok(!jobs(['prometheus']).includes('trino-gateway'));
    assert.ok(jobs(['prometheus', 'gateway']).includes('trino-gateway'));
  });
});

describe('the configuration of Trino Gateway', () => {
  it('has a Trino for the default group and one for another', () => {
    const backends = gatewayBackends(addresses);
    const config = gatewayConfig({
      ...{ addresses, secrets },
      port: 1,
      bindIp: '127.0.0.1',
      keys: {},
    });
    assert.deepEqual(
      backends.map(({ routingGroup, proxyTo }) => [routingGroup, proxyTo]),
      [
        [config.routing.defaultRoutingGroup, 'http://127.0.0.1:18080'],
        ['etl', 'http://127.0.0.1:18082'],
      ],
    );
  });
});

describe('the variables of Superset', () => {
  it('are all that its configuration and demo content refer to', () => {
    const variables = supersetVariables({ settings, secrets });
    const read = name =>
      readFileSync(new URL(`../superset/${name}`, import.meta.url), 'utf8');
    const referred = ['superset_config.py', 'demo.json']
      .flatMap(name => read(name).match(/STACK_[A-Z_]+/g))
      .filter(name => !(name in variables));
    assert.deepEqual(referred, []);
  });

  it('name the servers as compose.yaml does', () => {
    const variables = supersetVariables({
      ...{ settings, secrets },
      addresses: dockerAddresses(settings),
    });
    assert.doesNotMatch(JSON.stringify(variables), /127\.0\.0\.1/);
  });
});
