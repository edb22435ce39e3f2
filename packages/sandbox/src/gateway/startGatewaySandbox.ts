import { startHttpServer } from '../http/startHttpServer';
import type { Reply } from '../server/Reply';
import { type Sandbox, startSandbox } from '../startSandbox';
import { GatewayMonitor } from './GatewayMonitor';
import { GatewayResource, type SandboxGatewayUsers } from './GatewayResource';
import { GatewayWorld } from './GatewayWorld';
import { proxyToTrino } from './proxyToTrino';

const DEFAULT_GROUP = 'adhoc';
const DEFAULT_MONITOR_MS = 1000;

/** How to start the simulated gateway. @public */
export interface GatewaySandboxOptions {
  /** Port on 127.0.0.1; any free one when missing. */
  port?: number;
  now?: () => Date;
  /** The Trinos behind it. When missing two simulated ones are started, in the groups adhoc and etl. */
  backends?: ReadonlyArray<{
    name: string;
    routingGroup: string;
    /** Base URL. */
    url: string;
  }>;
  /** Passwords and roles by user, for a gateway with form login. Everything is open when missing. */
  users?: SandboxGatewayUsers;
  /** How often backends are looked at; a second when missing. */
  monitorEveryMs?: number;
  /** Whether queries that a backend has are taken for having come through the gateway; off when missing. */
  adoptQueries?: boolean;
  /** `requestAnalyzerConfig.analyzeRequest`; off when missing, as in Gateway 20. */
  analyzeRequest?: boolean;
}

/** A running simulated gateway. @public */
export interface GatewaySandbox {
  readonly url: string;
  readonly world: GatewayWorld;
  /** Answers requests whose path begins so with something else; with nothing again when `reply` is missing. */
  setFault(path: string, reply?: { status: number; body: string }): void;
  /** Has the monitor look at all backends now. */
  monitorNow(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a simulated Trino Gateway 20 on loopback, which really passes queries on to
 * the Trinos behind it.
 *
 * @public
 */
export async function startGatewaySandbox(
  options: GatewaySandboxOptions = {},
): Promise<GatewaySandbox> {
  const now = options.now ?? (() => new Date());
  const own: Sandbox[] = options.backends
    ? []
    : await Promise.all(
        // Of different seeds, so that the ids of their queries differ.
        [1, 2].map(seed => startSandbox({ now, seed })),
      );
  const world = GatewayWorld.create({
    defaultRoutingGroup: DEFAULT_GROUP,
    backends: (
      options.backends ??
      own.map(({ trinoUrl }, index) => ({
        name: ['trino-adhoc', 'trino-etl'][index],
        routingGroup: [DEFAULT_GROUP, 'etl'][index],
        url: trinoUrl,
      }))
    ).map(({ url, ...backend }) => ({ ...backend, proxyTo: url })),
  });
  const resource = GatewayResource.create({ world, users: options.users });
  const faults = new Map<string, Reply>();
  let gatewayUrl = '';
  const server = await startHttpServer({
    port: options.port ?? 0,
    answer: request => {
      const fault = [...faults].find(([path]) => request.path.startsWith(path));
      if (fault) return fault[1];
      return (
        resource.answer(request) ??
        proxyToTrino({
          world,
          request,
          gatewayUrl,
          analyzeRequest: options.analyzeRequest ?? false,
          nowMs: now().getTime(),
        })
      );
    },
  });
  gatewayUrl = server.url;
  const monitor = GatewayMonitor.start({
    world,
    everyMs: options.monitorEveryMs ?? DEFAULT_MONITOR_MS,
    adoptQueries: options.adoptQueries ?? false,
  });
  await monitor.pass();
  return {
    url: server.url,
    world,
    setFault(path, reply) {
      if (reply) faults.set(path, { ...reply, headers: [] });
      else faults.delete(path);
    },
    monitorNow: () => monitor.pass(),
    async close() {
      monitor.stop();
      await server.close();
      await Promise.all(own.map(sandbox => sandbox.close()));
    },
  };
}
