import type { KubernetesWorld } from './KubernetesWorld';
import { type WorkloadKind, workloadKey, type WorldWorkload } from './model';
import { add, replicaSetName } from './rolloutStep';

/** The namespace of the world's lakehouse. */
export const SANDBOX_NAMESPACE = 'lakehouse';

const HOUR_MS = 3_600_000;
const AGE_MS = 26 * HOUR_MS;
const OOM_AGO_MS = 7 * 60_000;

interface Seed {
  kind: WorkloadKind;
  name: string;
  app: string;
  component: string;
  image: string;
  replicas: number;
  memoryLimit: string;
}

const SEEDS: Seed[] = [
  {
    kind: 'Deployment',
    name: 'trino-coordinator',
    app: 'trino',
    component: 'coordinator',
    image: 'trinodb/trino:476',
    replicas: 1,
    memoryLimit: '8Gi',
  },
  {
    kind: 'StatefulSet',
    name: 'trino-worker',
    app: 'trino',
    component: 'worker',
    image: 'trinodb/trino:476',
    replicas: 3,
    memoryLimit: '16Gi',
  },
  {
    kind: 'StatefulSet',
    name: 'redis',
    app: 'redis',
    component: 'server',
    image: 'redis:7.0.15',
    replicas: 1,
    memoryLimit: '2Gi',
  },
  {
    kind: 'Deployment',
    name: 'superset',
    app: 'superset',
    component: 'web',
    image: 'apache/superset:6.1.0',
    replicas: 2,
    memoryLimit: '2Gi',
  },
  {
    kind: 'Deployment',
    name: 'superset-worker',
    app: 'superset',
    component: 'worker',
    image: 'apache/superset:6.1.0',
    replicas: 1,
    memoryLimit: '2Gi',
  },
];

/** Fills a world with a lakehouse that has run for a day, one of its workers killed for memory. */
export function seedKubernetes(world: KubernetesWorld): void {
  for (const seed of SEEDS) plant(world, seed);
  world.autoscalers.push({
    namespace: SANDBOX_NAMESPACE,
    name: 'superset-worker',
    targetKind: 'Deployment',
    targetName: 'superset-worker',
    min: 1,
    max: 4,
  });
  world.budgets.push({
    namespace: SANDBOX_NAMESPACE,
    name: 'trino-worker',
    labels: labelsOf(SEEDS[1]),
    minAvailable: 2,
  });
  const victim = world.pods.find(({ name }) => name === 'trino-worker-1');
  if (!victim) throw new Error('The seed has no trino-worker-1.');
  victim.restarts = 1;
  victim.startedMs = world.nowMs - OOM_AGO_MS;
  victim.termination = {
    reason: 'OOMKilled',
    exitCode: 137,
    atMs: world.nowMs - OOM_AGO_MS,
  };
  world.event({
    namespace: SANDBOX_NAMESPACE,
    object: { kind: 'Pod', name: victim.name, uid: victim.uid },
    atMs: world.nowMs - OOM_AGO_MS,
    type: 'Warning',
    reason: 'BackOff',
    message: `Back-off restarting failed container trino-worker in pod ${victim.name}`,
    component: 'kubelet',
  });
}

function plant(world: KubernetesWorld, seed: Seed) {
  const { kind, name } = seed;
  const bornMs = world.nowMs - AGE_MS;
  const workload: WorldWorkload = {
    kind,
    namespace: SANDBOX_NAMESPACE,
    name,
    uid: world.nextUid(),
    labels: labelsOf(seed),
    podLabels: labelsOf(seed),
    container: name,
    createdMs: bornMs,
    annotations: {},
    resourceVersion: world.nextVersion(),
    generation: 1,
    observedGeneration: 1,
    replicas: seed.replicas,
    paused: false,
    template: {
      image: seed.image,
      annotations: {},
      memoryLimit: seed.memoryLimit,
    },
    revision: 1,
    revisedMs: bornMs,
    progressedMs: bornMs,
  };
  world.workloads.set(workloadKey(SANDBOX_NAMESPACE, kind, name), workload);
  for (let ordinal = 0; ordinal < seed.replicas; ordinal += 1) {
    add({
      world,
      workload,
      name:
        kind === 'StatefulSet'
          ? `${name}-${ordinal}`
          : `${replicaSetName(workload, 1)}-${world.nextSerial()}`,
      atMs: bornMs,
      readyAtMs: bornMs,
    });
  }
  // The API server forgets events after an hour.
  world.events.length = 0;
}

function labelsOf({ app, component }: Seed): Record<string, string> {
  return {
    'app.kubernetes.io/name': app,
    'app.kubernetes.io/component': component,
  };
}
