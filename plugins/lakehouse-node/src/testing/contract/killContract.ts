import { TrinoQueryError } from '../../connections/trino';
import type { TrinoContractTarget } from '../TrinoContractTarget';
import { awaitEnd, startLongQuery } from './startLongQuery';

const UNKNOWN_QUERY_ID = '20200101_000000_00000_aaaaa';

export function killContract(getTarget: () => TrinoContractTarget) {
  describe('kill and cancel', () => {
    const connection = () => getTarget().connect('admin');

    it("kills another user's query, who sees the message", async () => {
      const message = `Too big for "now": it's 100 % of memory; ask ops ü`;
      const { queryId, ended } = await startLongQuery({
        target: getTarget(),
        connection: getTarget().connect('alice'),
      });
      expect(await connection().kill(queryId, message)).toEqual({
        outcome: 'killed',
      });
      const error = await ended;
      expect(error).toBeInstanceOf(TrinoQueryError);
      expect(error).toMatchObject({
        errorName: 'ADMINISTRATIVELY_KILLED',
        queryId,
        trinoMessage: expect.stringContaining(message),
      });
      expect(await connection().getQuery(queryId)).toMatchObject({
        state: 'FAILED',
        errorName: 'ADMINISTRATIVELY_KILLED',
      });
    });

    it('tells that a query had ended before', async () => {
      const { queryId } = await connection().query('SELECT 1');
      await awaitEnd(connection(), queryId);
      expect(await connection().kill(queryId, 'late')).toMatchObject({
        outcome: 'already-ended',
      });
    });

    it('tells that a query is not known', async () => {
      expect(await connection().kill(UNKNOWN_QUERY_ID, 'whom?')).toEqual({
        outcome: 'not-found',
      });
    });

    it('wants a message', async () => {
      await expect(connection().kill(UNKNOWN_QUERY_ID, ' ')).rejects.toThrow(
        'needs a message',
      );
    });

    it('cancels a query as its owner would', async () => {
      const { queryId, ended } = await startLongQuery({
        target: getTarget(),
        connection: connection(),
      });
      await connection().cancel(queryId);
      expect(await ended).toMatchObject({ errorName: 'USER_CANCELED' });
    });

    it('cancels what is not known without complaint', async () => {
      await expect(
        connection().cancel(UNKNOWN_QUERY_ID),
      ).resolves.toBeUndefined();
    });
  });
}
