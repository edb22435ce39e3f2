import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  startKubernetesSandbox,
  type KubernetesSandbox,
} from '@lakehouse-ops/sandbox';
import { required } from './superset';

const ROOT = join(__dirname, '..', '..');
const STACK = join(ROOT, 'stack', 'cli.mjs');
const NAMESPACE = 'lakehouse';
const COORDINATOR = 'trino-coordinator';
const LOOK_MS = 200;
/** A pod that is not ready is ready later than any test lasts. */
const NOT_SOON_MS = 86_400_000;

/**
 * The stack's second Trino as the pod of a coordinator on Kubernetes: whoever restarts
 * the workload there has the real server stopped and started.
 */
export class RestartedTrino {
  readonly #sandbox: KubernetesSandbox;
  readonly #looking: Promise<void>;
  #stopped = false;
  /** The pod whose server runs. */
  #runs?: string;
  /** How often the server was started here. */
  starts = 0;

  static async begin(): Promise<RestartedTrino> {
    const sandbox = await startKubernetesSandbox({
      port: Number(required('SANDBOX_KUBERNETES_PORT')),
    });
    return new RestartedTrino(sandbox);
  }

  private constructor(sandbox: KubernetesSandbox) {
    this.#sandbox = sandbox;
    this.#runs = this.#pods()[0]?.uid;
    this.#looking = this.#keepLooking();
  }

  /** The server ends, and its pod is not ready any more. */
  async crash(): Promise<void> {
    for (const pod of this.#pods()) pod.readyAtMs = Date.now() + NOT_SOON_MS;
    await stack('stop', '--only', 'trino2');
  }

  /** Leaves the server running, whatever became of the test. */
  async end(): Promise<void> {
    this.#stopped = true;
    await this.#looking;
    await this.#sandbox.close();
    await stack('start', '--detach', '--only', 'trino2');
  }

  #pods() {
    const { world } = this.#sandbox;
    const workload = world.workload(NAMESPACE, 'Deployment', COORDINATOR);
    if (!workload) throw new Error(`The sandbox has no ${COORDINATOR}.`);
    return world
      .podsOf(workload)
      .filter(({ goneAtMs }) => goneAtMs === undefined);
  }

  async #keepLooking() {
    while (!this.#stopped) {
      this.#sandbox.world.advance();
      const pod = this.#pods().find(({ uid }) => uid !== this.#runs);
      if (pod) {
        this.#runs = pod.uid;
        pod.readyAtMs = Date.now() + NOT_SOON_MS;
        await stack('stop', '--only', 'trino2');
        await stack('start', '--detach', '--only', 'trino2');
        this.starts += 1;
        pod.startedMs = Date.now();
        pod.readyAtMs = Date.now();
      }
      await sleep(LOOK_MS);
    }
  }
}

async function stack(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [STACK, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise(resolve => child.once('exit', resolve));
  if (code !== 0) {
    throw new Error(`stack ${args.join(' ')} ended with exit code ${code}.`);
  }
}
