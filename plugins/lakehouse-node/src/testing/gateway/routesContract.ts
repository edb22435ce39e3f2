import { eventually } from '../contract/eventually';
import type { GatewayContractTarget } from './gatewayContract';
import { sendStatement } from './sendStatement';

export function routesContract(getTarget: () => GatewayContractTarget) {
  describe('routes', () => {
    const send = async (options: {
      group?: string;
      user?: string;
      sql?: string;
    }) =>
      sendStatement({
        gatewayUrl: getTarget().gatewayUrl,
        sql: options.sql ?? 'SELECT 1',
        ...options,
      });
    const routeOf = (queryId: string) =>
      eventually(`The way of ${queryId}`, async () => {
        const { routes } = await getTarget().gateway.routes({ queryId });
        return routes[0];
      });
    const awaitBackend = (health: 'healthy') =>
      eventually('All backends healthy', async () =>
        (await getTarget().gateway.backends()).every(
          one => one.active && one.health === health,
        ),
      );

    beforeAll(() => awaitBackend('healthy'));

    it('tells the group that was asked for and the backend that was used', async () => {
      const { otherBackend, otherGroup } = getTarget();
      const sent = await send({ group: otherGroup, user: 'bob' });
      await sent.finish();
      expect(await routeOf(sent.queryId)).toEqual({
        queryId: sent.queryId,
        capturedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        user: 'bob',
        source: 'contract',
        requestedGroup: otherGroup,
        backendUrl: expect.stringMatching(/^http/),
        backend: otherBackend,
        usedGroup: otherGroup,
        trino: otherBackend,
        diverted: false,
      });
    });

    it('sends who asks for no group to the default group', async () => {
      const { defaultBackend } = getTarget();
      const sent = await send({});
      await sent.finish();
      expect(await routeOf(sent.queryId)).toMatchObject({
        backend: defaultBackend,
        diverted: false,
      });
    });

    it('shows that a group without a backend was silently left', async () => {
      const { gateway, otherBackend, otherGroup, defaultBackend } = getTarget();
      await gateway.setActive(otherBackend, { active: false });
      try {
        const sent = await send({ group: otherGroup });
        await sent.finish();
        expect(await routeOf(sent.queryId)).toMatchObject({
          requestedGroup: otherGroup,
          backend: defaultBackend,
          usedGroup: gateway.defaultRoutingGroup,
          diverted: true,
        });
      } finally {
        await gateway.setActive(otherBackend, { active: true });
        await awaitBackend('healthy');
      }
    });

    it('lists newest first, since a time, and tells when there is more', async () => {
      const { gateway } = getTarget();
      const ids: string[] = [];
      for (let at = 0; at < 3; at += 1) {
        const sent = await send({});
        await sent.finish();
        ids.unshift(sent.queryId);
        await routeOf(sent.queryId);
      }
      const two = await gateway.routes({ limit: 2 });
      expect(two.truncated).toBe(true);
      expect(two.routes.map(({ queryId }) => queryId)).toEqual(ids.slice(0, 2));
      const { routes, truncated } = await gateway.routes({
        since: two.routes[1].capturedAt,
      });
      expect(truncated).toBe(false);
      expect(routes.map(({ queryId }) => queryId)).toEqual(ids.slice(0, 2));
    });

    it('finds nothing for a query that it does not know', async () => {
      expect(
        await getTarget().gateway.routes({
          queryId: '20200101_000000_00000_aaaaa',
        }),
      ).toEqual({ routes: [], truncated: false, partial: undefined });
    });

    it('lets a kill through to the backend that runs the query', async () => {
      const { trinoThroughGateway, otherGroup, longSql } = getTarget();
      const sent = await send({ group: otherGroup, sql: longSql });
      await routeOf(sent.queryId);
      expect(
        await trinoThroughGateway.kill(sent.queryId, 'enough of it'),
      ).toEqual({ outcome: 'killed' });
      await sent.finish();
      expect(await trinoThroughGateway.getQuery(sent.queryId)).toMatchObject({
        state: 'FAILED',
        errorName: 'ADMINISTRATIVELY_KILLED',
      });
    });
  });
}
