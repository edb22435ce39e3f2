import { EventListener } from './events/EventListener';
import { completedEvent } from './events/completedEvent';
import { createdEvent } from './events/createdEvent';
import { TrinoServer } from './server/TrinoServer';
import { Workload } from './workload/Workload';
import { SandboxWorld } from './world/SandboxWorld';

/**
 * How to start the sandbox.
 *
 * @public
 */
export interface SandboxOptions {
  /** Port on 127.0.0.1; any free one when missing. */
  port?: number;
  /** The world repeats exactly for the same seed; 1 when missing. */
  seed?: number;
  /** The world's clock. */
  now?: () => Date;
  /** Where query events are posted, as by Trino's HTTP event listener. */
  listener?: {
    url: string;
    headers?: Record<string, string>;
    fetch?: typeof fetch;
  };
  /** Simulated run times are divided by this. */
  speed?: number;
  /** The Trino version it says it is; 476 when missing. */
  version?: string;
  /** Whether simulated users run queries; off when missing. */
  workload?: boolean;
}

/**
 * A running sandbox.
 *
 * @public
 */
export interface Sandbox {
  /** Base URL of the Trino server. */
  readonly trinoUrl: string;
  readonly world: SandboxWorld;
  /** Stops the server and everything that runs in it. */
  close(): Promise<void>;
}

const DEFAULT_SEED = 1;
const DEFAULT_VERSION = '476';

/**
 * Starts the simulated lakehouse on loopback.
 *
 * @public
 */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const now = options.now ?? (() => new Date());
  const listener =
    options.listener && EventListener.create({ ...options.listener });
  let baseUrl = '';
  const world = SandboxWorld.create({
    seed: options.seed ?? DEFAULT_SEED,
    nowMs: () => now().getTime(),
    speed: options.speed ?? 1,
    version: options.version ?? DEFAULT_VERSION,
    baseUrl: () => baseUrl,
    onCreated: query => listener?.send(() => createdEvent(query, world)),
    onCompleted: query => listener?.send(() => completedEvent(query, world)),
  });
  const server = await TrinoServer.listen(world, options.port ?? 0);
  baseUrl = `http://127.0.0.1:${server.port}`;
  const workload = options.workload
    ? Workload.start({
        world,
        listener,
        seed: options.seed ?? DEFAULT_SEED,
        speed: options.speed ?? 1,
      })
    : undefined;
  return {
    trinoUrl: baseUrl,
    world,
    async close() {
      workload?.stop();
      listener?.close();
      world.close();
      await server.close();
    },
  };
}
