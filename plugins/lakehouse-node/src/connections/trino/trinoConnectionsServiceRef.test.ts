import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { TrinoConnections } from './TrinoConnections';
import { trinoConnectionsServiceRef } from './trinoConnectionsServiceRef';

const data = (connections: object[]) => ({
  data: { lakehouse: { trino: { connections } } },
});

describe('trinoConnectionsServiceRef', () => {
  const start = async (connections: Array<Record<string, string>>) => {
    const got: TrinoConnections[] = [];
    const plugin = (pluginId: string) =>
      createBackendPlugin({
        pluginId,
        register(env) {
          env.registerInit({
            deps: { connections: trinoConnectionsServiceRef },
            async init(deps) {
              got.push(deps.connections);
            },
          });
        },
      });
    const backend = await startTestBackend({
      features: [
        plugin('one'),
        plugin('two'),
        mockServices.rootConfig.factory(data(connections)),
      ],
    });
    await backend.stop();
    return got;
  };

  it('gives all plugins the same connections', async () => {
    const [one, two] = await start([
      { id: 'a', url: 'http://a:8080', user: 'ops', title: 'A' },
      { id: 'b', url: 'http://b:8080', user: 'ops', uiUrl: 'http://b/ui' },
    ]);
    expect(one).toBe(two);
    expect(one.list().map(({ id, title }) => [id, title])).toEqual([
      ['a', 'A'],
      ['b', 'b'],
    ]);
    expect(one.get('b')).toMatchObject({
      id: 'b',
      user: 'ops',
      source: 'lakehouse-ops',
      uiUrl: 'http://b/ui',
    });
    expect(one.get('b').status()).toEqual({ available: true });
    expect(() => one.get('c')).toThrow(
      "no Trino connection 'c'. Known are: a, b",
    );
  });

  it('has none without config', async () => {
    const [connections] = await start([]);
    expect(connections.list()).toEqual([]);
    expect(() => connections.get('a')).toThrow('Known are: none');
  });

  it('does not start a backend with config that it can not use', async () => {
    await expect(
      start([{ id: 'a', url: 'trino:8080', user: 'ops' }]),
    ).rejects.toThrow('lakehouse.trino.connections[0].url');
  });
});
