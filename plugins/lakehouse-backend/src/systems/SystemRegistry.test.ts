import { lakehouseCacheReadPermission } from '@lakehouse-ops/plugin-lakehouse-common';
import { SystemRegistry, type AnyConnection } from './SystemRegistry';

const connection = (id: string): AnyConnection => ({
  id,
  title: id,
  capabilities: async () => undefined,
  status: () => ({ available: true }),
});

const system = (
  name: 'redis' | 'superset',
  ids: string[],
): Parameters<typeof SystemRegistry.create>[0][number] => ({
  system: name,
  configKey: `lakehouse.${name}.connections`,
  connections: { list: () => ids.map(connection) },
  permissions: [lakehouseCacheReadPermission],
});

describe('SystemRegistry', () => {
  it('knows the connections of all systems', () => {
    const registry = SystemRegistry.create([
      system('redis', ['a', 'b']),
      system('superset', ['c']),
    ]);
    expect(registry.has('c')).toBe(true);
    expect(registry.has('d')).toBe(false);
    expect(
      registry.list().map(one => [one.connection.id, one.system.system]),
    ).toEqual([
      ['a', 'redis'],
      ['b', 'redis'],
      ['c', 'superset'],
    ]);
  });

  it('names both places of an id that is used twice', () => {
    expect(() =>
      SystemRegistry.create([
        system('redis', ['main']),
        system('superset', ['main']),
      ]),
    ).toThrow(
      /'main' names a connection in lakehouse.redis.connections and another in lakehouse.superset.connections/,
    );
  });
});
