import {
  workloadKey,
  type WorldAutoscaler,
  type WorldBudget,
  type WorldEvent,
  type WorldPod,
  type WorldWorkload,
} from './model';
import { rolloutStep } from './rolloutStep';
import { seedKubernetes } from './seedKubernetes';

/** Controllers look at each workload so often. */
const STEP_MS = 200;
/** A world that nobody looked at for long needs no more steps than these to settle. */
const MAX_STEPS = 600;
const MAX_EVENTS = 500;

/** What is wrong with the API server. */
export interface KubernetesFaults {
  /** Everyone is refused there. */
  readonly forbiddenNamespaces: Set<string>;
  /** Answered to every request: 500, 503, 429. */
  status?: number;
  /** Every answer waits so long. */
  delayMs: number;
  /** Every connection is closed without an answer. */
  drop: boolean;
}

/**
 * A small cluster whose controllers replace, add and remove pods over time. Time
 * passes when somebody asks: there are no timers.
 *
 * @public
 */
export class KubernetesWorld {
  readonly workloads = new Map<string, WorldWorkload>();
  readonly pods: WorldPod[] = [];
  readonly events: WorldEvent[] = [];
  readonly autoscalers: WorldAutoscaler[] = [];
  readonly budgets: WorldBudget[] = [];
  readonly faults: KubernetesFaults = {
    forbiddenNamespaces: new Set(),
    delayMs: 0,
    drop: false,
  };
  /** Pages of lists that were begun before this version are gone. */
  oldestPage = 0;
  readonly speed: number;
  readonly #now: () => number;
  #version = 41_000;
  #serial = 0;
  #steppedMs: number;

  static create(options: { now: () => number; speed: number }) {
    const world = new KubernetesWorld(options);
    seedKubernetes(world);
    return world;
  }

  private constructor(options: { now: () => number; speed: number }) {
    this.#now = options.now;
    this.speed = options.speed;
    this.#steppedMs = options.now();
  }

  get nowMs(): number {
    return this.#now();
  }

  get version(): number {
    return this.#version;
  }

  /** Every change has a version of its own. */
  nextVersion(): number {
    this.#version += 1;
    return this.#version;
  }

  /** A name's end, and an id, that nothing else has. */
  nextSerial(): string {
    this.#serial += 1;
    const text = (this.#serial * 48_271 + 1_299_709).toString(36);
    return text.slice(-5).padStart(5, 'b');
  }

  nextUid(): string {
    this.#serial += 1;
    return `5a2d7b10-0c3e-4f1a-9d00-${String(this.#serial).padStart(12, '0')}`;
  }

  /** Lets controllers do what they would have done by now. */
  advance(): void {
    const nowMs = this.nowMs;
    const stepMs = STEP_MS / this.speed;
    let steps = 0;
    while (this.#steppedMs + stepMs <= nowMs && steps < MAX_STEPS) {
      this.#steppedMs += stepMs;
      steps += 1;
      for (const workload of this.workloads.values()) {
        rolloutStep(this, workload, this.#steppedMs);
      }
    }
    if (steps === MAX_STEPS) this.#steppedMs = nowMs;
  }

  workload(
    namespace: string,
    kind: string,
    name: string,
  ): WorldWorkload | undefined {
    return this.workloads.get(workloadKey(namespace, kind, name));
  }

  podsOf(workload: WorldWorkload): WorldPod[] {
    const key = workloadKey(workload.namespace, workload.kind, workload.name);
    return this.pods.filter(pod => pod.workload === key);
  }

  /** The pod template changes: its pods will be replaced. */
  revise(workload: WorldWorkload): void {
    workload.revision += 1;
    workload.revisedMs = this.nowMs;
    workload.progressedMs = this.nowMs;
  }

  /** What is wanted changes. */
  changed(workload: WorldWorkload): void {
    workload.generation += 1;
    workload.resourceVersion = this.nextVersion();
  }

  /** Rolls out an image; one that ends with `missing` never starts. */
  setImage(namespace: string, kind: string, name: string, image: string): void {
    const workload = this.workload(namespace, kind, name);
    if (!workload) throw new Error(`There is no ${kind} ${name}.`);
    workload.template = { ...workload.template, image };
    this.revise(workload);
    this.changed(workload);
  }

  /** A container is killed for its memory, and started again. */
  oomKill(podName: string): void {
    const pod = this.pods.find(({ name }) => name === podName);
    const workload = pod && this.workloads.get(pod.workload);
    if (!pod || !workload) throw new Error(`There is no pod ${podName}.`);
    pod.restarts += 1;
    pod.termination = {
      reason: 'OOMKilled',
      exitCode: 137,
      atMs: this.nowMs,
    };
    pod.readyAtMs = this.nowMs + 2000 / this.speed;
    pod.startedMs = this.nowMs;
    pod.resourceVersion = this.nextVersion();
    this.event({
      namespace: workload.namespace,
      object: { kind: 'Pod', name: pod.name, uid: pod.uid },
      type: 'Warning',
      reason: 'BackOff',
      message: `Back-off restarting failed container ${workload.container} in pod ${pod.name}`,
      component: 'kubelet',
    });
  }

  /** Lists that are being paged through can't be gone on with. */
  expirePages(): void {
    this.oldestPage = this.nextVersion();
  }

  /** Records an event; one that is like an older one counts up there. */
  event(
    event: Pick<
      WorldEvent,
      'namespace' | 'object' | 'type' | 'reason' | 'message' | 'component'
    > & { atMs?: number },
  ): void {
    const atMs = event.atMs ?? this.nowMs;
    const known = this.events.find(
      one =>
        one.object.uid === event.object.uid &&
        one.reason === event.reason &&
        one.message === event.message,
    );
    if (known) {
      known.count += 1;
      known.lastMs = atMs;
      known.resourceVersion = this.nextVersion();
      return;
    }
    this.events.push({
      ...event,
      name: `${event.object.name}.${this.nextSerial()}`,
      uid: this.nextUid(),
      firstMs: atMs,
      lastMs: atMs,
      count: 1,
      resourceVersion: this.nextVersion(),
    });
    if (this.events.length > MAX_EVENTS) this.events.shift();
  }
}
