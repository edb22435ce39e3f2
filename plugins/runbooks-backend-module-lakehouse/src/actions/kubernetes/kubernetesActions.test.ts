import type { JsonObject } from '@backstage/types';
import {
  DefaultKubernetesConnection,
  type KubernetesConnectionConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import {
  KUBERNETES_SANDBOX_TOKENS,
  type KubernetesSandbox,
  SANDBOX_NAMESPACE,
  startKubernetesSandbox,
} from '@lakehouse-ops/sandbox';
import {
  FakeTrinoConnection,
  listedQuery,
} from '../../__testUtils__/FakeTrinoConnection';
import { runContext } from '../../__testUtils__/runContext';
import { createKubernetesActions } from './createKubernetesActions';
import { fingerprintOf, patchBound } from './patchBound';

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
const worker = {
  connection: 'prod',
  namespace: SANDBOX_NAMESPACE,
  kind: 'StatefulSet',
  name: 'trino-worker',
};

class Interruption extends Error {
  constructor(readonly kind: 'cancel' | 'timeout' | 'shutdown') {
    super(`The run was interrupted (${kind}).`);
  }
}

describe('the actions on Kubernetes', () => {
  let sandbox: KubernetesSandbox;
  const opened: DefaultKubernetesConnection[] = [];
  const changed: string[] = [];
  const trino = new FakeTrinoConnection();

  beforeEach(async () => {
    sandbox = await startKubernetesSandbox({ speed: 25 });
    changed.length = 0;
    trino.queries.clear();
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(one => one.close()));
    await sandbox.close();
  });

  function setUp(
    options: {
      user?: keyof typeof KUBERNETES_SANDBOX_TOKENS;
      overrides?: Partial<KubernetesConnectionConfig>;
    } = {},
  ) {
    const connection = DefaultKubernetesConnection.create({
      config: {
        id: 'prod',
        title: 'Production',
        auth: {
          type: 'token',
          url: sandbox.url,
          token: KUBERNETES_SANDBOX_TOKENS[options.user ?? 'operator'],
          tls: {},
        },
        workloads: [
          {
            of: 'analytics',
            namespace: SANDBOX_NAMESPACE,
            selector: 'app.kubernetes.io/name=trino',
            kinds: KINDS,
            scale: { min: 1, max: 5 },
          },
          {
            namespace: SANDBOX_NAMESPACE,
            selector: 'app.kubernetes.io/name=superset',
            kinds: KINDS,
            scale: { min: 1, max: 5 },
          },
          {
            namespace: SANDBOX_NAMESPACE,
            selector: 'app.kubernetes.io/name=redis',
            kinds: ['StatefulSet'],
          },
        ],
        requestTimeoutMs: 5000,
        maxResponseBytes: 1024 * 1024,
        pageSize: 250,
        maxItems: 2000,
        capabilitiesTtlMs: 600_000,
        breaker: { failures: 50, reopenAfterMs: 1000 },
        ...options.overrides,
      },
    });
    opened.push(connection);
    const [restart, scale] = createKubernetesActions({
      connections: { list: () => [connection], get: () => connection },
      connectionChanged: id => changed.push(id),
      trino: trino.connections,
      pollMs: 10,
    });
    return { connection, restart, scale };
  }

  const world = (name: string, kind = 'StatefulSet') => {
    const found = sandbox.world.workload(SANDBOX_NAMESPACE, kind, name);
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  };
  const podNames = (name: string, kind?: string) => {
    sandbox.world.advance();
    return sandbox.world
      .podsOf(world(name, kind))
      .filter(pod => pod.goneAtMs === undefined)
      .map(pod => pod.name)
      .sort();
  };
  const podIds = (name: string) =>
    sandbox.world.podsOf(world(name)).map(({ uid }) => uid);

  describe('kubernetes:restart-workload', () => {
    it('names the workload in its target and its lock', () => {
      const { restart } = setUp();
      expect(restart.id).toBe('kubernetes:restart-workload');
      expect(restart.target(worker)).toEqual({
        system: 'kubernetes',
        connection: 'prod',
        kind: 'workload',
        name: 'lakehouse/StatefulSet/trino-worker',
      });
      expect(restart.lockKeys(worker)).toEqual([
        'kubernetes/prod/workload/lakehouse/StatefulSet/trino-worker',
      ]);
    });

    it('shows which pods go and what runs on them, and changes nothing', async () => {
      const { restart } = setUp();
      trino.queries.set(listedQuery.queryId, listedQuery);
      const { content, fingerprint } = await restart.preview(
        runContext(worker),
      );
      expect(content.summary).toBe(
        'Replaces 3 pods of StatefulSet trino-worker in namespace lakehouse by new ones of the same images, one after the other, the highest first.',
      );
      expect(content.samples?.rows).toEqual([
        ['trino-worker-0', expect.any(String), 'ready', '0', '–'],
        [
          'trino-worker-1',
          expect.any(String),
          'ready',
          '1',
          expect.stringMatching(/^OOMKilled, 20/),
        ],
        ['trino-worker-2', expect.any(String), 'ready', '0', '–'],
      ]);
      expect(content.warnings).toEqual([
        expect.stringContaining(
          '1 query runs on Trino analytics now, of 1 user',
        ),
      ]);
      expect(fingerprint).toMatchObject({ generation: 1, replicas: 3 });
      expect(world('trino-worker').generation).toBe(1);
    });

    it('warns when a disruption budget allows nothing, and of a rollout that is on already', async () => {
      sandbox.world.oomKill('trino-worker-0');
      const { restart } = setUp({ overrides: { id: 'prod' } });
      world('trino-worker').template.image = 'x:missing';
      sandbox.world.setImage(
        SANDBOX_NAMESPACE,
        'StatefulSet',
        'trino-worker',
        'x:missing',
      );
      sandbox.world.advance();
      const { content } = await restart.preview(runContext(worker));
      expect(content.warnings.join('\n')).toMatch(/Disruption budget/);
      expect(content.warnings.join('\n')).toMatch(
        /A rollout is (stuck|progressing) already/,
      );
    });

    it('replaces all pods, with progress, and proves it', async () => {
      const { restart } = setUp();
      const before = podIds('trino-worker');
      const { fingerprint } = await restart.preview(runContext(worker));
      const context = runContext(worker, { fingerprint });
      const output = await restart.execute(context);
      expect(podIds('trino-worker').filter(id => before.includes(id))).toEqual(
        [],
      );
      expect(context.lines.join('\n')).toMatch(/[12] of 3 new pods are ready/);
      expect(context.notes).toMatchObject({ restartedAt: expect.any(String) });
      expect(changed).toEqual(['prod']);
      await expect(
        restart.verify({ ...context, output }),
      ).resolves.toMatchObject({
        outcome: 'verified',
        summary: 'All 3 pods of trino-worker are new and ready.',
        metrics: [
          expect.objectContaining({ after: 3 }),
          expect.objectContaining({ before: 1, after: 0 }),
        ],
      });
    });

    it('does nothing when the workload was changed after the preview', async () => {
      const { restart, connection } = setUp();
      const { fingerprint } = await restart.preview(runContext(worker));
      const ref = {
        namespace: SANDBOX_NAMESPACE,
        kind: 'StatefulSet' as const,
        name: 'trino-worker',
      };
      await connection.scale(ref, {
        resourceVersion: (await connection.getWorkload(ref)).resourceVersion,
        replicas: 2,
      });
      const context = runContext(worker, { fingerprint });
      await expect(restart.execute(context)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('Nothing was done'),
      });
      await expect(
        restart.reconcile(
          runContext(worker, { fingerprint, memory: context.notes }),
        ),
      ).resolves.toMatchObject({ state: 'unknown' });
    });

    it('goes on when only the status changed in between', async () => {
      const { restart } = setUp();
      const { fingerprint } = await restart.preview(runContext(worker));
      sandbox.world.oomKill('trino-worker-2');
      world('trino-worker').resourceVersion = sandbox.world.nextVersion();
      await expect(
        restart.execute(runContext(worker, { fingerprint })),
      ).resolves.toMatchObject({ restartsBefore: 2 });
    });

    it('when cancelled says that Kubernetes goes on', async () => {
      const { restart } = setUp();
      const { fingerprint } = await restart.preview(runContext(worker));
      const stop = new AbortController();
      const context = runContext(worker, { fingerprint, signal: stop.signal });
      const running = restart.execute({
        ...context,
        log: {
          ...context.log,
          progress: () => stop.abort(new Interruption('cancel')),
        },
      });
      await expect(running).rejects.toThrow('cancel');
      const asked = runContext(worker, { fingerprint, memory: context.notes });
      await expect(restart.reconcile(asked)).resolves.toEqual({
        state: 'partly-done',
        reason: expect.stringMatching(
          /goes on with it by itself: \d of 3 new pods are ready/,
        ),
      });
      await untilDone(() => restart.reconcile(asked));
    });

    it('after a shutdown is in progress, and later done', async () => {
      const { restart } = setUp();
      const { fingerprint } = await restart.preview(runContext(worker));
      const stop = new AbortController();
      const context = runContext(worker, { fingerprint, signal: stop.signal });
      await expect(
        restart.execute({
          ...context,
          log: {
            ...context.log,
            progress: () => stop.abort(new Interruption('shutdown')),
          },
        }),
      ).rejects.toThrow('shutdown');
      const asked = runContext(worker, { fingerprint, memory: context.notes });
      await expect(restart.reconcile(asked)).resolves.toMatchObject({
        state: 'in-progress',
      });
      await untilDone(() => restart.reconcile(asked));
    });

    it('tells what did not happen', async () => {
      const { restart } = setUp();
      const { fingerprint } = await restart.preview(runContext(worker));
      await expect(
        restart.reconcile(runContext(worker, { fingerprint })),
      ).resolves.toMatchObject({ state: 'not-done' });
      await expect(
        restart.reconcile(
          runContext(worker, {
            fingerprint,
            memory: { restartedAt: '2026-11-21T10:00:00.000Z' },
          }),
        ),
      ).resolves.toMatchObject({ state: 'not-done' });
    });

    it('ends when the rollout is stuck, and says what to do', async () => {
      const { restart } = setUp();
      const { fingerprint } = await restart.preview(runContext(worker));
      world('trino-worker').template = {
        ...world('trino-worker').template,
        image: 'trino:missing',
      };
      const context = runContext(worker, { fingerprint });
      await expect(restart.execute(context)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(/is stuck: .*ImagePullBackOff.*undo/),
      });
      await expect(
        restart.reconcile(
          runContext(worker, { fingerprint, memory: context.notes }),
        ),
      ).resolves.toMatchObject({ state: 'partly-done' });
    });

    it('refuses what is paused, what is not there, and what the config does not name', async () => {
      const { restart } = setUp();
      world('superset', 'Deployment').paused = true;
      await expect(
        restart.preview(
          runContext({ ...worker, kind: 'Deployment', name: 'superset' }),
        ),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('paused'),
      });
      for (const other of [
        { ...worker, name: 'nope' },
        { ...worker, kind: 'DaemonSet', name: 'redis' },
        { ...worker, namespace: 'kube-system' },
      ]) {
        await expect(restart.preview(runContext(other))).rejects.toMatchObject({
          name: 'NotFoundError',
        });
      }
    });

    it('says on the button and in the preview which right is missing', async () => {
      const { restart } = setUp({ user: 'viewer' });
      const ask = (target = restart.target(worker)) =>
        restart.preflight({ target, signal: new AbortController().signal });
      await expect(ask()).resolves.toEqual({
        allowed: false,
        reason: expect.stringContaining('may not patch statefulsets'),
        remedy: expect.stringContaining('verbs: ["patch"]'),
      });
      await expect(
        ask({ ...restart.target(worker), name: 'other/StatefulSet/x' }),
      ).resolves.toMatchObject({
        allowed: false,
        reason: expect.stringContaining('is not among the workloads'),
      });
      await expect(restart.preview(runContext(worker))).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('a Role in namespace lakehouse'),
      });
      await expect(
        setUp().restart.preflight({
          target: restart.target(worker),
          signal: new AbortController().signal,
        }),
      ).resolves.toEqual({ allowed: true });
    });

    it('says that the API server does not answer', async () => {
      const { restart } = setUp();
      sandbox.world.faults.drop = true;
      await expect(
        restart.preflight({
          target: restart.target(worker),
          signal: new AbortController().signal,
        }),
      ).resolves.toMatchObject({
        allowed: false,
        reason: expect.stringContaining("can't be asked"),
      });
      await expect(restart.preview(runContext(worker))).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
      });
    });
  });

  describe('kubernetes:scale-workload', () => {
    const to = (replicas: number) => ({ ...worker, replicas });

    it('shows which pods of a StatefulSet go', async () => {
      const { scale } = setUp();
      const { content } = await scale.preview(runContext(to(1)));
      expect(content.changes).toEqual([
        { label: 'Replicas', before: 3, after: 1, unit: 'count' },
      ]);
      expect(content.samples?.rows.map(([name]) => name)).toEqual([
        'trino-worker-1',
        'trino-worker-2',
      ]);
      expect(content.warnings).toEqual([
        'No query that we can see runs on Trino analytics now.',
      ]);
      expect(world('trino-worker').replicas).toBe(3);
    });

    it.each([5, 2])('scales from 3 to %i, and proves it', async replicas => {
      const { scale } = setUp();
      const input = to(replicas);
      const { fingerprint } = await scale.preview(runContext(input));
      const context = runContext(input, { fingerprint });
      const output = await scale.execute(context);
      expect(output).toEqual({ replicas });
      expect(podNames('trino-worker')).toEqual(
        Array.from({ length: replicas }, (_, i) => `trino-worker-${i}`),
      );
      await expect(scale.verify({ ...context, output })).resolves.toMatchObject(
        {
          outcome: 'verified',
          metrics: [
            { label: 'Replicas wanted', before: 3, after: replicas },
            { label: 'Pods ready', after: replicas },
          ],
        },
      );
    });

    it('holds to the bounds of the config', async () => {
      const { scale } = setUp();
      await expect(scale.preview(runContext(to(6)))).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('1 to 5'),
      });
      await expect(scale.preview(runContext(to(3)))).rejects.toMatchObject({
        name: 'ConflictError',
      });
      await expect(
        scale.preview(runContext({ ...to(2), name: 'redis' })),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('scale: { min, max }'),
      });
      expect(scale.schema.input.safeParse(to(-1)).success).toBe(false);
      expect(
        scale.schema.input.safeParse({ ...to(1), kind: 'DaemonSet' }).success,
      ).toBe(false);
    });

    it('leaves to an autoscaler what is its own', async () => {
      const { scale } = setUp();
      await expect(
        scale.preview(
          runContext({
            ...to(2),
            kind: 'Deployment',
            name: 'superset-worker',
          }),
        ),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(
          /Autoscaler superset-worker .* between 1 and 4/,
        ),
      });
    });

    it('knows after a crash whether it was set, and by whom', async () => {
      const { scale, connection } = setUp();
      const input = to(4);
      const { fingerprint } = await scale.preview(runContext(input));
      const ask = (memory: JsonObject) =>
        scale.reconcile(runContext(input, { fingerprint, memory }));
      expect(await ask({})).toMatchObject({ state: 'not-done' });
      expect(await ask({ asked: true })).toMatchObject({ state: 'not-done' });
      const ref = {
        namespace: SANDBOX_NAMESPACE,
        kind: 'StatefulSet' as const,
        name: 'trino-worker',
      };
      const set = async (replicas: number) =>
        patchBound({
          connection,
          ref,
          expected: fingerprintOf(await connection.getWorkload(ref)),
          patch: resourceVersion =>
            connection.scale(ref, { resourceVersion, replicas }),
        });
      await set(4);
      expect(await ask({ asked: true })).toMatchObject({
        state: 'in-progress',
      });
      expect(await ask({ asked: true, leftBecause: 'cancel' })).toMatchObject({
        state: 'partly-done',
        reason: expect.stringContaining('goes on by itself'),
      });
      await untilDone(() => ask({ asked: true }));
      await set(2);
      expect(await ask({ asked: true })).toMatchObject({
        state: 'unknown',
        reason: expect.stringContaining('somebody else set it'),
      });
    });
  });
});

async function untilDone(ask: () => Promise<{ state: string }>) {
  for (let i = 0; i < 500; i += 1) {
    if ((await ask()).state === 'done') return;
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
  }
  throw new Error('It was never done.');
}
