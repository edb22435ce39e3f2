import {
  TrinoAbortedError,
  TrinoLimitError,
  TrinoTimeoutError,
} from '../../connections/trino';
import type { TrinoContractTarget } from '../TrinoContractTarget';
import { awaitEnd, startLongQuery } from './startLongQuery';

export function limitsContract(getTarget: () => TrinoContractTarget) {
  describe('limits', () => {
    const connection = () => getTarget().connect('admin');

    /** Not finished by itself, and not left running: ended as its owner would. */
    const expectCanceled = async (queryId: string | undefined) => {
      expect(queryId).toEqual(expect.any(String));
      const { state, errorName } = await awaitEnd(connection(), queryId ?? '');
      expect(state).toBe('FAILED');
      // Trino 470 blames the page that it was serializing when the cancel came.
      expect(['USER_CANCELED', 'SERIALIZATION_ERROR']).toContain(errorName);
    };

    it('fails at the row limit, and ends the query', async () => {
      const error = await connection()
        .query(getTarget().manyRowsSql, { maxRows: 5 })
        .catch(e => e);
      expect(error).toBeInstanceOf(TrinoLimitError);
      expect(error).toMatchObject({ limit: 5, unit: 'rows' });
      await expectCanceled(error.queryId);
    });

    it('keeps what came when told to truncate, and ends the query', async () => {
      const result = await connection().query(getTarget().manyRowsSql, {
        maxRows: 5,
        onLimit: 'truncate',
      });
      expect(result.rows).toHaveLength(5);
      expect(result.truncated).toBe(true);
      await expectCanceled(result.queryId);
    });

    it('does not call a result truncated that has just as many rows as it may', async () => {
      const result = await connection().query(
        'SELECT * FROM (VALUES 1, 2, 3) AS t(a)',
        { maxRows: 3, onLimit: 'truncate' },
      );
      expect(result.rows).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
      expect(result.truncated).toBe(false);
    });

    it('fails at the byte limit, and ends the query', async () => {
      const error = await connection()
        .query(getTarget().manyRowsSql, { maxRows: 30_000, maxBytes: 20_000 })
        .catch(e => e);
      expect(error).toBeInstanceOf(TrinoLimitError);
      expect(error).toMatchObject({ limit: 20_000, unit: 'bytes' });
      await expectCanceled(error.queryId);
    });

    it('ends a query that takes too long', async () => {
      const startedMs = performance.now();
      const error = await connection()
        .query(getTarget().longSql, { timeoutMs: 1500 })
        .catch(e => e);
      expect(error).toBeInstanceOf(TrinoTimeoutError);
      expect(error).toMatchObject({ timeoutMs: 1500 });
      expect(performance.now() - startedMs).toBeLessThan(10_000);
      await expectCanceled(error.queryId);
    });

    it('ends a query when its caller gives up', async () => {
      const controller = new AbortController();
      const { queryId, ended } = await startLongQuery({
        target: getTarget(),
        connection: connection(),
        statement: { signal: controller.signal },
      });
      controller.abort();
      const error = await ended;
      expect(error).toBeInstanceOf(TrinoAbortedError);
      expect(error).toMatchObject({ queryId });
      await expectCanceled(queryId);
    });

    it('runs nothing for a caller that has given up before', async () => {
      const ids: string[] = [];
      await expect(
        connection().query('SELECT 1', {
          signal: AbortSignal.abort(),
          onQueryId: id => {
            ids.push(id);
          },
        }),
      ).rejects.toThrow(TrinoAbortedError);
      expect(ids).toEqual([]);
    });
  });
}
