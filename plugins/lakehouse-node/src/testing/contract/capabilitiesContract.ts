import type {
  TrinoContractTarget,
  TrinoContractUser,
} from '../TrinoContractTarget';

export function capabilitiesContract(getTarget: () => TrinoContractTarget) {
  describe('capabilities', () => {
    const probe = (user: TrinoContractUser) =>
      getTarget().connect(user).capabilities({ refresh: true });
    const find = async (user: TrinoContractUser, id: string) =>
      (await probe(user)).capabilities.find(one => one.id === id);

    it('tells what the server is and what an administrator may do', async () => {
      // So that there is an ended query of someone else to probe the right to kill on.
      await getTarget().connect('alice').query('SELECT 1');
      const { scratch } = getTarget();
      const found = await probe('admin');
      expect(found).toMatchObject({
        version: expect.stringMatching(/^\d+/),
        coordinator: true,
        starting: false,
        catalogs: expect.arrayContaining([
          { name: scratch.catalog, connector: 'iceberg' },
        ]),
        capabilities: expect.arrayContaining([
          { id: 'catalogs.read', available: true },
          { id: 'query.list', available: true },
          { id: 'query.kill', available: true },
          { id: 'nodes.read', available: true },
          { id: 'metrics.read', available: true },
          { id: 'resource-groups.read', available: true },
          {
            id: `catalog.${scratch.catalog}.metadata-tables`,
            available: true,
          },
        ]),
      });
    });

    it('tells why monitor may not kill', async () => {
      await getTarget().connect('alice').query('SELECT 1');
      expect(await find('monitor', 'query.kill')).toEqual({
        id: 'query.kill',
        available: false,
        reason: expect.stringContaining('monitor may not kill queries of'),
        remedy: expect.stringContaining('"queries" rule with kill'),
      });
      expect(await find('monitor', 'metrics.read')).toMatchObject({
        available: true,
      });
    });

    it('tells that bob may kill, without killing anything', async () => {
      const { queryId } = await getTarget().connect('alice').query('SELECT 1');
      expect(await find('bob', 'query.kill')).toMatchObject({
        available: true,
      });
      expect(
        await getTarget().connect('admin').getQuery(queryId),
      ).toMatchObject({ state: 'FINISHED' });
    });

    it('tells what alice may not, and which right it needs', async () => {
      const { capabilities } = await probe('alice');
      const byId = new Map(capabilities.map(one => [one.id, one]));
      for (const id of ['metrics.read', 'resource-groups.read']) {
        expect(byId.get(id)).toMatchObject({
          available: false,
          reason: expect.stringContaining('system_information read'),
          remedy: expect.stringContaining('alice'),
        });
      }
      expect(byId.get('query.kill')).toMatchObject({
        available: false,
        reason: expect.any(String),
        remedy: expect.any(String),
      });
      expect(byId.get('nodes.read')).toMatchObject({ available: true });
    });

    it('keeps a probe, and shows it without asking', async () => {
      const connection = getTarget().connect('admin');
      const first = await connection.capabilities({ refresh: true });
      expect(await connection.capabilities()).toBe(first);
      expect(connection.status()).toMatchObject({
        available: true,
        capabilities: first,
      });
      const second = await connection.capabilities({ refresh: true });
      expect(second).not.toBe(first);
    });
  });
}
