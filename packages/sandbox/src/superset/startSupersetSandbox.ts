import { startHttpServer } from '../http/startHttpServer';
import { SupersetAccounts } from './SupersetAccounts';
import { type SupersetFault, SupersetFaults } from './SupersetFaults';
import { SupersetResource } from './SupersetResource';
import { SupersetWorld } from './SupersetWorld';

/** How a stand-in for Superset is to be. */
export interface SupersetSandboxOptions {
  /** 18488 unless told; any free one when 0. */
  readonly port?: number;
  readonly now?: () => Date;
  /** Whether alerts and reports are switched on; they are unless told. */
  readonly alerts?: boolean;
  /** Invalidation misses the cached answers, as with two cache prefixes. */
  readonly splitCache?: boolean;
  /** Whether it can run an alert at once, as versions after 6.1 can. */
  readonly executes?: boolean;
}

/** A running stand-in for Superset. */
export interface SupersetSandbox {
  readonly url: string;
  readonly world: SupersetWorld;
  readonly accounts: SupersetAccounts;
  /** Lets the next requests whose path matches fail. */
  fail(fault: SupersetFault, options?: { path?: RegExp; times?: number }): void;
  close(): Promise<void>;
}

/** Starts Superset's REST API over a small world: alerts run by their schedules, the cache fills and runs out. */
export async function startSupersetSandbox(
  options: SupersetSandboxOptions = {},
): Promise<SupersetSandbox> {
  const clock = options.now ?? (() => new Date());
  const now = () => clock().getTime();
  const world = SupersetWorld.create({
    now,
    alerts: options.alerts ?? true,
    executes: options.executes ?? false,
  });
  world.cache.split = options.splitCache ?? false;
  const accounts = SupersetAccounts.create({ users: world.users, now });
  const faults = SupersetFaults.create();
  const resource = SupersetResource.create({ world, accounts, faults });
  const server = await startHttpServer({
    port: options.port ?? 18488,
    answer: request => resource.answer(request),
  });
  return {
    url: server.url,
    world,
    accounts,
    fail: (fault, which) => faults.fail(fault, which),
    close: () => server.close(),
  };
}
