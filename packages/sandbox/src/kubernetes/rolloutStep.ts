import type { KubernetesWorld } from './KubernetesWorld';
import { workloadKey, type WorldPod, type WorldWorkload } from './model';

/** How long a container takes to be ready, and a pod to go. */
const START_MS = 1500;
const STOP_MS = 600;
const NODES = ['node-a', 'node-b', 'node-c'];

/** One look of a controller at its workload. */
export function rolloutStep(
  world: KubernetesWorld,
  workload: WorldWorkload,
  atMs: number,
): void {
  observe(world, workload);
  for (const pod of world.podsOf(workload)) {
    settle({ world, workload, pod, atMs });
  }
  if (workload.kind === 'StatefulSet') stepStatefulSet(world, workload, atMs);
  else stepDeployment(world, workload, atMs);
}

export function isReady(pod: WorldPod, atMs: number): boolean {
  return !pod.broken && pod.goneAtMs === undefined && pod.readyAtMs <= atMs;
}

function observe(world: KubernetesWorld, workload: WorldWorkload) {
  if (workload.observedGeneration === workload.generation) return;
  workload.observedGeneration = workload.generation;
  workload.resourceVersion = world.nextVersion();
}

function settle(options: {
  world: KubernetesWorld;
  workload: WorldWorkload;
  pod: WorldPod;
  atMs: number;
}) {
  const { world, workload, pod, atMs } = options;
  if (pod.goneAtMs !== undefined && pod.goneAtMs <= atMs) {
    world.pods.splice(world.pods.indexOf(pod), 1);
    workload.resourceVersion = world.nextVersion();
    return;
  }
  if (
    isReady(pod, atMs) &&
    pod.revision === workload.revision &&
    pod.readyAtMs > workload.progressedMs
  ) {
    workload.progressedMs = pod.readyAtMs;
    workload.resourceVersion = world.nextVersion();
    pod.resourceVersion = world.nextVersion();
  }
}

/** At most one pod more than wanted, and never fewer ready ones than wanted. */
function stepDeployment(
  world: KubernetesWorld,
  workload: WorldWorkload,
  atMs: number,
) {
  const alive = world
    .podsOf(workload)
    .filter(pod => pod.goneAtMs === undefined);
  const fresh = alive.filter(pod => pod.revision === workload.revision);
  const old = alive.filter(pod => pod.revision !== workload.revision);
  if (workload.paused && old.length > 0) return;
  if (fresh.length > workload.replicas) {
    remove({ world, workload, pod: fresh[fresh.length - 1], atMs });
    return;
  }
  const ready = alive.filter(pod => isReady(pod, atMs)).length;
  const surplus =
    old.find(pod => !isReady(pod, atMs)) ??
    (ready > workload.replicas || fresh.length >= workload.replicas
      ? old.at(0)
      : undefined);
  if (surplus && (ready > workload.replicas || !isReady(surplus, atMs))) {
    remove({ world, workload, pod: surplus, atMs });
  }
  if (
    fresh.length < workload.replicas &&
    alive.length < workload.replicas + (old.length > 0 ? 1 : 0)
  ) {
    const name = `${replicaSetName(
      workload,
      workload.revision,
    )}-${world.nextSerial()}`;
    add({ world, workload, name, atMs });
  }
}

/** One ordinal after the other: up when scaled, from the highest down when replaced. */
function stepStatefulSet(
  world: KubernetesWorld,
  workload: WorldWorkload,
  atMs: number,
) {
  const pods = world.podsOf(workload);
  if (pods.some(pod => pod.goneAtMs !== undefined)) return;
  const byName = new Map(pods.map(pod => [pod.name, pod]));
  const surplus = pods
    .filter(pod => ordinalOf(pod) >= workload.replicas)
    .sort((a, b) => ordinalOf(b) - ordinalOf(a));
  if (surplus.length > 0) {
    remove({ world, workload, pod: surplus[0], atMs });
    return;
  }
  for (let ordinal = 0; ordinal < workload.replicas; ordinal += 1) {
    const pod = byName.get(`${workload.name}-${ordinal}`);
    if (!pod) {
      add({ world, workload, name: `${workload.name}-${ordinal}`, atMs });
      return;
    }
    if (!isReady(pod, atMs)) return;
  }
  const outdated = pods
    .filter(pod => pod.revision !== workload.revision)
    .sort((a, b) => ordinalOf(b) - ordinalOf(a));
  if (outdated.length > 0) remove({ world, workload, pod: outdated[0], atMs });
}

export function replicaSetName(
  workload: WorldWorkload,
  revision: number,
): string {
  return `${workload.name}-${revisionHash(workload, revision)}`;
}

export function revisionHash(
  workload: WorldWorkload,
  revision: number,
): string {
  let hash = 7;
  for (const char of `${workload.uid}${workload.name}${revision}`) {
    hash = (hash * 31 + char.charCodeAt(0)) % 4_294_967_291;
  }
  return hash.toString(36).padStart(7, '0');
}

export function ordinalOf({ name }: Pick<WorldPod, 'name'>): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}

/** Makes a pod of the newest revision. */
export function add(options: {
  world: KubernetesWorld;
  workload: WorldWorkload;
  name: string;
  atMs: number;
  readyAtMs?: number;
}): WorldPod {
  const { world, workload, name, atMs } = options;
  const serial = world.pods.length + workload.revision;
  const pod: WorldPod = {
    workload: workloadKey(workload.namespace, workload.kind, workload.name),
    name,
    uid: world.nextUid(),
    revision: workload.revision,
    template: workload.template,
    createdMs: atMs,
    node: NODES[serial % NODES.length],
    ip: `10.42.0.${10 + (serial % 240)}`,
    resourceVersion: world.nextVersion(),
    readyAtMs: options.readyAtMs ?? atMs + START_MS / world.speed,
    broken: workload.template.image.endsWith('missing'),
    restarts: 0,
    startedMs: options.readyAtMs ?? atMs + START_MS / world.speed / 2,
  };
  world.pods.push(pod);
  workload.resourceVersion = world.nextVersion();
  const object = { kind: 'Pod', name, uid: pod.uid };
  const { namespace } = workload;
  world.event({
    namespace,
    object,
    atMs,
    type: 'Normal',
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${name} to ${pod.node}`,
    component: 'default-scheduler',
  });
  world.event(
    pod.broken
      ? {
          namespace,
          object,
          atMs,
          type: 'Warning',
          reason: 'Failed',
          message: `Failed to pull image "${workload.template.image}": not found`,
          component: 'kubelet',
        }
      : {
          namespace,
          object,
          atMs,
          type: 'Normal',
          reason: 'Started',
          message: `Started container ${workload.container}`,
          component: 'kubelet',
        },
  );
  return pod;
}

function remove(options: {
  world: KubernetesWorld;
  workload: WorldWorkload;
  pod: WorldPod;
  atMs: number;
}) {
  const { world, workload, pod, atMs } = options;
  pod.goneAtMs = atMs + STOP_MS / world.speed;
  pod.resourceVersion = world.nextVersion();
  workload.resourceVersion = world.nextVersion();
  world.event({
    namespace: workload.namespace,
    object: { kind: 'Pod', name: pod.name, uid: pod.uid },
    atMs,
    type: 'Normal',
    reason: 'Killing',
    message: `Stopping container ${workload.container}`,
    component: 'kubelet',
  });
}
