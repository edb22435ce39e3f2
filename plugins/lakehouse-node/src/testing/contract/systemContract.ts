import { NotFoundError } from '@backstage/errors';
import type { TrinoContractTarget } from '../TrinoContractTarget';
import { startLongQuery } from './startLongQuery';

/** What the cluster view stands on; names of Trino 470 and 476. */
const METRICS = [
  'trino_execution_name_QueryManager_RunningQueries',
  'trino_execution_name_QueryManager_QueuedQueries',
  'trino_execution_name_QueryManager_CompletedQueries',
  'trino_execution_name_QueryManager_FailedQueries',
  'trino_execution_name_QueryManager_UserErrorFailures',
  'trino_execution_name_QueryManager_InternalFailures',
  'trino_execution_name_QueryManager_ExternalFailures',
  'trino_execution_name_QueryManager_InsufficientResourcesFailures',
  'trino_memory_type_ClusterMemoryPool_name_general_TotalDistributedBytes',
  'trino_memory_type_ClusterMemoryPool_name_general_FreeDistributedBytes',
  'trino_memory_type_ClusterMemoryPool_name_general_ReservedDistributedBytes',
  'trino_memory_type_ClusterMemoryPool_name_general_ReservedRevocableDistributedBytes',
  'trino_memory_type_ClusterMemoryPool_name_general_BlockedNodes',
  'trino_memory_name_ClusterMemoryManager_QueriesKilledDueToOutOfMemory',
];

export function systemContract(getTarget: () => TrinoContractTarget) {
  describe('the system', () => {
    const connection = () => getTarget().connect('admin');

    it('has the figures that are asked for, and only those', async () => {
      const figures = await connection().metrics([
        ...METRICS,
        'no_such_figure',
      ]);
      expect([...figures.keys()].sort()).toEqual([...METRICS].sort());
      expect(
        figures.get(
          'trino_memory_type_ClusterMemoryPool_name_general_TotalDistributedBytes',
        ),
      ).toBeGreaterThan(0);
    });

    it('has no figures when none is asked for', async () => {
      expect((await connection().metrics([])).size).toBe(0);
    });

    it('lists running queries, and tells them from those that ended', async () => {
      const { queryId: endedId } = await connection().query('SELECT 1');
      const { queryId, ended } = await startLongQuery({
        target: getTarget(),
        connection: connection(),
      });
      const running = await connection().listQueries({ states: ['RUNNING'] });
      const query = running.find(one => one.queryId === queryId);
      expect(query).toMatchObject({
        state: 'RUNNING',
        user: connection().user,
        source: connection().source,
        queryType: 'SELECT',
        query: getTarget().longSql,
        elapsedMs: expect.any(Number),
        queuedMs: expect.any(Number),
        cpuMs: expect.any(Number),
        peakMemoryBytes: expect.any(Number),
      });
      expect(query?.resourceGroup.length).toBeGreaterThan(0);
      expect(running.map(one => one.queryId)).not.toContain(endedId);

      const all = await connection().listQueries();
      expect(all.map(one => one.queryId)).toEqual(
        expect.arrayContaining([queryId, endedId]),
      );
      await connection().cancel(queryId);
      await ended;
    });

    it('lists failed queries with their error', async () => {
      const { queryId } = await connection()
        .query('SELECT 1 / 0')
        .catch(e => e);
      const failed = await connection().listQueries({ states: ['FAILED'] });
      expect(failed.find(one => one.queryId === queryId)).toMatchObject({
        errorName: 'DIVISION_BY_ZERO',
        errorType: 'USER_ERROR',
        errorCode: 8,
      });
    });

    it('knows no query that there never was', async () => {
      expect(
        await connection().getQuery('20200101_000000_00000_aaaaa'),
      ).toBeUndefined();
    });

    it('has resource groups, parents first', async () => {
      const own = await connection().getQuery(
        (
          await connection().query('SELECT 1')
        ).queryId,
      );
      const root = own?.resourceGroup[0] ?? '';
      const groups = await connection().resourceGroups(root);
      expect(groups[0]).toMatchObject({
        path: root,
        running: expect.any(Number),
        queued: expect.any(Number),
        hardConcurrencyLimit: expect.any(Number),
        maxQueued: expect.any(Number),
        softMemoryLimitBytes: expect.any(Number),
        memoryUsageBytes: expect.any(Number),
      });
      for (const group of groups) {
        expect(group.path.startsWith(root)).toBe(true);
      }
    });

    it('knows no resource group that there never was', async () => {
      await expect(connection().resourceGroups('no_such')).rejects.toThrow(
        NotFoundError,
      );
    });
  });
}
