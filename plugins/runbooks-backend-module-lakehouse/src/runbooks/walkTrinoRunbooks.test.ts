import {
  type KubernetesSandbox,
  type Sandbox,
  SANDBOX_NAMESPACE,
  startKubernetesSandbox,
  startSandbox,
} from '@lakehouse-ops/sandbox';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { sendQuery } from '../__testUtils__/sendQuery';
import { sandboxConfig } from '../__testUtils__/sandboxConfig';
import { startRunbooks } from '../__testUtils__/startRunbooks';
import { walkRunbook } from '../__testUtils__/walkRunbook';

jest.setTimeout(240_000);

const CLUSTER = 'analytics';
const WORKLOAD = 'trino-worker';
const ON_KUBERNETES = {
  kubernetes: 'prod',
  namespace: SANDBOX_NAMESPACE,
  workload: WORKLOAD,
};
/** Longer ago than what proves that it is better now. */
const A_WHILE_MS = 3 * 60_000;
const LONG = 'SELECT count(DISTINCT comment) FROM tpch.sf1000.lineitem';
const SHORT = 'SELECT 1';
/** So many of the resource group adhoc run, and so many more wait; the rest is refused. */
const RUN_AT_ONCE = 3;
const WAIT_AT_MOST = 20;

const SMALL_FILES = 'iceberg.lake.events_small_files';

describe('a shipped runbook for Trino, walked on the sandbox', () => {
  let trino: Sandbox;
  let kubernetes: KubernetesSandbox;
  let runbooks: Awaited<ReturnType<typeof startRunbooks>>;
  let agoMs = 0;

  beforeAll(async () => {
    trino = await startSandbox({ now: () => new Date(Date.now() - agoMs) });
    kubernetes = await startKubernetesSandbox({ speed: 100 });
    runbooks = await startRunbooks({
      config: sandboxConfig({ trino, kubernetes }),
    });
  });

  afterAll(async () => {
    await Promise.all([trino, kubernetes].map(server => server?.close()));
  });

  /** What happens now happened a while ago. */
  async function aWhileAgo<T>(act: () => Promise<T>): Promise<T> {
    agoMs = A_WHILE_MS;
    try {
      return await act();
    } finally {
      agoMs = 0;
    }
  }

  const send = (sql: string) =>
    sendQuery(trino.trinoUrl, { sql, source: 'report', user: 'alice' });

  const sendMany = (count: number, sql: string) =>
    Promise.all(Array.from({ length: count }, () => send(sql)));

  function workers() {
    const { world } = kubernetes;
    world.advance();
    const found = world.workload(SANDBOX_NAMESPACE, 'StatefulSet', WORKLOAD);
    if (!found) throw new Error(`The sandbox has no ${WORKLOAD}.`);
    const pods = world.podsOf(found);
    const ready = pods.filter(
      ({ goneAtMs, readyAtMs }) =>
        goneAtMs === undefined && readyAtMs <= world.nowMs,
    );
    return { found, pods, ready: ready.length };
  }

  /** Each pod that is ready announces itself to the coordinator. */
  const announceWorkers = () => trino.world.setWorkers(workers().ready);

  const knownWorkers = () =>
    trino.world.nodes().filter(({ coordinator }) => !coordinator).length;

  async function scaledTo(replicas: number) {
    const { found } = workers();
    found.replicas = replicas;
    kubernetes.world.changed(found);
    while (workers().ready !== replicas || workers().pods.length !== replicas) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    announceWorkers();
  }

  const stateOf = ({ steps }: Run) =>
    Object.fromEntries(steps.map(({ id, state }) => [id, state]));

  const table = (name: string) => trino.world.table('iceberg', 'lake', name);
  const filesOf = (name: string) => table(name)?.files.length;

  describe('trino-worker-lost', () => {
    const parameters = { connection: CLUSTER, workers: 3, ...ON_KUBERNETES };

    it('changes nothing while all are there', async () => {
      await scaledTo(3);
      const { generation } = workers().found;
      const { run } = await walkRunbook(runbooks, {
        runbookId: 'trino-worker-lost',
        parameters,
      });
      expect(run.error).toBeUndefined();
      expect(stateOf(run)).toMatchObject({
        'scale/execute': 'skipped',
        'restart/execute': 'skipped',
      });
      expect(workers().found.generation).toBe(generation);
    });

    it('asks for the pods that somebody took away', async () => {
      await scaledTo(1);
      expect(knownWorkers()).toBe(1);
      const { run } = await walkRunbook(runbooks, {
        runbookId: 'trino-worker-lost',
        parameters,
        meanwhile: announceWorkers,
      });
      expect(run.error).toBeUndefined();
      expect(run.verification?.metrics).toContainEqual(
        expect.objectContaining({ label: 'Workers', before: 1, after: 3 }),
      );
      expect(stateOf(run)).toMatchObject({
        'scale/execute': 'succeeded',
        'restart/execute': 'skipped',
      });
      expect(workers()).toMatchObject({ ready: 3, found: { replicas: 3 } });
    });

    it('restarts pods that are ready, and that the coordinator does not know', async () => {
      trino.world.setWorkers(2);
      const { revision } = workers().found;
      const { run } = await walkRunbook(runbooks, {
        runbookId: 'trino-worker-lost',
        parameters,
        meanwhile: now => {
          if (stateOf(now)['restart/execute'] === 'succeeded') {
            announceWorkers();
          }
        },
      });
      expect(run.error).toBeUndefined();
      expect(stateOf(run)).toMatchObject({
        'scale/execute': 'skipped',
        'restart/execute': 'succeeded',
      });
      expect(workers().pods.map(pod => pod.revision)).toEqual(
        Array.from({ length: 3 }, () => revision + 1),
      );
      expect(knownWorkers()).toBe(3);
    });
  });

  describe('trino-high-failure-rate', () => {
    it('does nothing where nothing fails', async () => {
      const { run } = await walkRunbook(runbooks, {
        runbookId: 'trino-high-failure-rate',
        parameters: { connection: CLUSTER },
      });
      expect(run).toMatchObject({
        state: 'failed',
        error: { message: expect.stringContaining('No query has failed') },
      });
    });

    it('ends what leaves no room for others, whose queries then succeed', async () => {
      const { long, others } = await aWhileAgo(async () => ({
        long: await sendMany(RUN_AT_ONCE, LONG),
        others: await sendMany(2 * WAIT_AT_MOST, SHORT),
      }));
      const { run } = await walkRunbook(runbooks, {
        runbookId: 'trino-high-failure-rate',
        parameters: { connection: CLUSTER },
        answers: { decide: { queries: long.map(({ id }) => id).join(', ') } },
      });
      expect(run.error).toBeUndefined();
      expect(run.verification?.outcome).toBe('verified');
      for (const query of long) {
        expect(await query.ended).toMatchObject({
          errorName: 'ADMINISTRATIVELY_KILLED',
          message: expect.stringContaining('This query made others fail'),
        });
      }
      const failures = (
        await Promise.all(others.map(({ ended }) => ended))
      ).flatMap(failure => failure ?? []);
      expect(new Set(failures.map(({ errorName }) => errorName))).toEqual(
        new Set(['QUERY_QUEUE_FULL']),
      );
      expect(failures.length).toBeLessThan(others.length);
    });

    it('restarts workers that are lost to the coordinator', async () => {
      const victim = await aWhileAgo(async () => {
        const sent = await send(LONG);
        trino.world.setWorkers(2);
        return sent;
      });
      expect((await victim.ended)?.errorName).toBe('REMOTE_TASK_ERROR');
      const { revision } = workers().found;
      const { run } = await walkRunbook(runbooks, {
        runbookId: 'trino-high-failure-rate',
        parameters: { connection: CLUSTER, ...ON_KUBERNETES },
        answers: { decide: { queries: '', restartWorkers: true } },
        meanwhile: async now => {
          if (stateOf(now)['restart/execute'] !== 'succeeded') return;
          announceWorkers();
          await (
            await send(SHORT)
          ).ended;
        },
      });
      expect(run.error).toBeUndefined();
      expect(stateOf(run)).toMatchObject({ 'restart/execute': 'succeeded' });
      expect(workers().found.revision).toBe(revision + 1);
      expect(knownWorkers()).toBe(3);
    });
  });

  describe('query-queue-saturated', () => {
    it('does nothing where nothing waits', async () => {
      const { run } = await walkRunbook(runbooks, {
        runbookId: 'query-queue-saturated',
        parameters: { connection: CLUSTER },
      });
      expect(run).toMatchObject({
        state: 'failed',
        error: { message: expect.stringContaining('Only 0 queries wait') },
      });
    });

    it('ends what a person chose, adds workers, and the queue runs empty', async () => {
      const { long, waiting } = await aWhileAgo(async () => ({
        long: await sendMany(RUN_AT_ONCE, LONG),
        waiting: await sendMany(8, SHORT),
      }));
      // What is slow for the queue is not mended by changing a table.
      const other = await walkRunbook(runbooks, {
        runbookId: 'latency-regression',
        parameters: { connection: CLUSTER, seconds: 1, table: SMALL_FILES },
      });
      expect(other.run.error?.message).toContain('It is the queue');
      expect(filesOf('events_small_files')).toBe(300);

      const { run } = await walkRunbook(runbooks, {
        runbookId: 'query-queue-saturated',
        parameters: {
          connection: CLUSTER,
          queued: 2,
          replicas: 4,
          ...ON_KUBERNETES,
        },
        answers: { choose: { queries: `${long[0].id},${long[1].id}` } },
        meanwhile: announceWorkers,
      });
      expect(run.error).toBeUndefined();
      expect(run.state).toBe('succeeded');
      expect(run.verification?.metrics).toContainEqual(
        expect.objectContaining({
          label: 'Waiting queries',
          before: 8,
          after: 0,
        }),
      );
      for (const query of long.slice(0, 2)) {
        expect(await query.ended).toMatchObject({
          errorName: 'ADMINISTRATIVELY_KILLED',
          message: expect.stringContaining('Many queries waited'),
        });
      }
      await expect(
        Promise.all(waiting.map(({ ended }) => ended)),
      ).resolves.toEqual(waiting.map(() => undefined));
      expect(workers()).toMatchObject({ ready: 4, found: { replicas: 4 } });
      expect(knownWorkers()).toBe(4);
      // Nobody chose the third: it goes on until a worker goes.
      await scaledTo(3);
      expect((await long[2].ended)?.errorName).toBe('REMOTE_TASK_ERROR');
    });
  });
});
