import { startHttpServer } from '../http/startHttpServer';
import type { Reply } from '../server/Reply';
import { demoRules, demoSeries } from './demoSeries';
import { PrometheusResource } from './PrometheusResource';
import { PrometheusWorld } from './PrometheusWorld';

/** How to start the simulated Prometheus. @public */
export interface PrometheusSandboxOptions {
  /** Port on 127.0.0.1; any free one when missing. */
  port?: number;
  now?: () => Date;
}

/** A running simulated Prometheus. @public */
export interface PrometheusSandbox {
  readonly url: string;
  readonly world: PrometheusWorld;
  /** Answers requests whose path begins so with something else; with nothing again when `reply` is missing. */
  setFault(path: string, reply?: { status: number; body: string }): void;
  close(): Promise<void>;
}

/**
 * Starts a simulated Prometheus on loopback, with series and alerts of a small
 * lakehouse.
 *
 * @public
 */
export async function startPrometheusSandbox(
  options: PrometheusSandboxOptions = {},
): Promise<PrometheusSandbox> {
  const now = options.now ?? (() => new Date());
  const world = PrometheusWorld.create({
    series: demoSeries(),
    rules: demoRules(),
    nowMs: () => now().getTime(),
  });
  const resource = PrometheusResource.create(world);
  const faults = new Map<string, Reply>();
  const server = await startHttpServer({
    port: options.port ?? 0,
    answer: request => {
      const fault = [...faults].find(([path]) => request.path.startsWith(path));
      return fault ? fault[1] : resource.answer(request);
    },
  });
  return {
    url: server.url,
    world,
    setFault(path, reply) {
      if (reply) faults.set(path, { ...reply, headers: [] });
      else faults.delete(path);
    },
    close: () => server.close(),
  };
}
