import { describeTrinoError, TrinoDeniedError } from '../../connections/trino';
import type {
  TrinoContractTarget,
  TrinoContractUser,
} from '../TrinoContractTarget';
import { startLongQuery } from './startLongQuery';

export function rightsContract(getTarget: () => TrinoContractTarget) {
  describe('rights', () => {
    const as = (user: TrinoContractUser) => getTarget().connect(user);

    it.each<TrinoContractUser>(['monitor', 'alice'])(
      'does not let %s kill queries of others',
      async user => {
        const { queryId, ended } = await startLongQuery({
          target: getTarget(),
          connection: as('admin'),
        });
        try {
          const error = await as(user)
            .kill(queryId, 'not yours')
            .catch(e => e);
          expect(error).toBeInstanceOf(TrinoDeniedError);
          expect(error).toMatchObject({ status: 403 });
          expect(describeTrinoError(error)).toMatchObject({
            code: 'forbidden',
            remedy: expect.stringContaining(user),
          });
          expect(await as('admin').getQuery(queryId)).toMatchObject({
            state: 'RUNNING',
          });
        } finally {
          await as('admin').cancel(queryId);
          await ended;
        }
      },
    );

    it("lets bob kill alice's queries", async () => {
      const { queryId, ended } = await startLongQuery({
        target: getTarget(),
        connection: as('alice'),
      });
      expect(await as('bob').kill(queryId, 'from bob')).toEqual({
        outcome: 'killed',
      });
      expect(await ended).toMatchObject({
        errorName: 'ADMINISTRATIVELY_KILLED',
      });
    });

    it('lets owners end their own queries', async () => {
      const { queryId, ended } = await startLongQuery({
        target: getTarget(),
        connection: as('alice'),
      });
      await as('alice').cancel(queryId);
      expect(await ended).toMatchObject({ errorName: 'USER_CANCELED' });
    });

    it('lists for alice only what is hers', async () => {
      await as('admin').query('SELECT 1');
      await as('alice').query('SELECT 1');
      const users = (await as('alice').listQueries()).map(query => query.user);
      expect(new Set(users)).toEqual(new Set(['alice']));
    });

    it("does not show alice another's query", async () => {
      const { queryId } = await as('admin').query('SELECT 1');
      await expect(as('alice').getQuery(queryId)).rejects.toMatchObject({
        name: 'TrinoDeniedError',
        status: 403,
      });
    });

    it('names the right that figures need', async () => {
      const figure = 'trino_execution_name_QueryManager_RunningQueries';
      await expect(as('alice').metrics([figure])).rejects.toMatchObject({
        name: 'TrinoDeniedError',
        status: 403,
        right: 'system_information read',
        message: expect.stringContaining('grant system_information read'),
      });
      expect((await as('monitor').metrics([figure])).size).toBe(1);
    });

    it('names the right that resource groups need', async () => {
      await expect(as('alice').resourceGroups('global')).rejects.toMatchObject({
        name: 'TrinoDeniedError',
        right: 'system_information read',
      });
    });
  });
}
