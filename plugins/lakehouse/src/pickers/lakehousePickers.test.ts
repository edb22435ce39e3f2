import type { JsonObject } from '@backstage/types';
import { TestApiRegistry } from '@backstage/test-utils';
import {
  mockConnection,
  mockOtherConnections,
} from '../__testUtils__/mockData';
import { mockLakehouse } from '../__testUtils__/mockLakehouse';
import { lakehouseApiRef } from '../api';
import { lakehousePickers } from './lakehousePickers';

const connections = [mockConnection(), ...mockOtherConnections()];
const idOf = (system: string) =>
  connections.find(one => one.system === system)?.id ?? '';

function ask(
  name: string,
  options: {
    text?: string;
    parameters?: JsonObject;
    chosen?: Record<string, string>;
  } = {},
) {
  const picker = lakehousePickers.find(one => one.name === name);
  if (!picker) throw new Error(`no picker ${name}`);
  return picker.load({
    text: options.text ?? '',
    parameters: options.parameters ?? {},
    valueOf: one => options.chosen?.[one],
    apis: TestApiRegistry.from([
      lakehouseApiRef,
      mockLakehouse({ connections }),
    ]),
    signal: new AbortController().signal,
  });
}

describe('lakehousePickers', () => {
  it.each([
    ['trino-cluster', 'trino'],
    ['redis-connection', 'redis'],
    ['superset-connection', 'superset'],
    ['kubernetes-connection', 'kubernetes'],
  ])('%s offers connections of %s only', async (name, system) => {
    const { options } = await ask(name);
    expect(options.map(({ value }) => value)).toEqual([idOf(system)]);
  });

  it('offers tables by what was typed, each with its cluster', async () => {
    const { options } = await ask('table', { text: 'daily_sales' });
    expect(options.map(({ value }) => value)).toContain(
      'lake.gold.daily_sales',
    );
    expect(options[0].fills).toEqual({ connection: idOf('trino') });
  });

  it('takes no connection of another system for the cluster', async () => {
    const { options } = await ask('table', {
      parameters: { connection: idOf('redis') },
      chosen: { 'redis-connection': idOf('redis') },
    });
    expect(options).not.toHaveLength(0);
    expect(
      await ask('table', { chosen: { 'trino-cluster': 'another' } }),
    ).toEqual({ options: [] });
  });

  it('asks for the cache before it offers prefixes of it', async () => {
    expect(await ask('key-prefix')).toEqual({
      options: [],
      note: 'Choose the cache first.',
    });
    const { options } = await ask('key-prefix', {
      parameters: { connection: idOf('redis') },
    });
    expect(options.map(({ value }) => value)).toContain(
      'personal-api:summary:',
    );
  });

  it('offers workloads with their namespace and kind', async () => {
    const { options } = await ask('kubernetes-workload', {
      parameters: { connection: idOf('kubernetes') },
    });
    expect(options[0].fills).toEqual({
      namespace: expect.any(String),
      kind: expect.stringMatching(/^(Deployment|StatefulSet|DaemonSet)$/),
    });
  });
});
