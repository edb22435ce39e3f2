import { canReadManagement } from '../cluster/AccessControl';
import { type GroupDefinition, groupChain } from '../cluster/ResourceGroups';
import { formatDuration } from '../cluster/units';
import { type SandboxWorld } from '../world/SandboxWorld';
import { type ExactJson } from '../protocol/exactJson';
import { type Exchange } from './Exchange';
import { managedBean, openMetrics } from './metrics';
import { basicQueryInfo } from './queryInfo';
import { errorPage, json, plain, type Reply } from './Reply';

const ENVIRONMENT = 'sandbox';
const PROCESSORS = 8;

/** What the server says of itself: info, status, metrics, groups. */
export class ManagementResource {
  private constructor(private readonly world: SandboxWorld) {}

  static create(world: SandboxWorld): ManagementResource {
    return new ManagementResource(world);
  }

  info(): Reply {
    return json({
      nodeVersion: { version: this.world.version },
      environment: ENVIRONMENT,
      coordinator: true,
      starting: false,
      uptime: this.uptime(),
    });
  }

  state(): Reply {
    return json('ACTIVE');
  }

  status(): Reply {
    const { totalBytes, reservedBytes, freeBytes } = this.world.memory();
    return json({
      nodeId: 'sandbox-coordinator',
      nodeVersion: { version: this.world.version },
      environment: ENVIRONMENT,
      coordinator: true,
      uptime: this.uptime(),
      externalAddress: '127.0.0.1',
      internalAddress: '127.0.0.1',
      memoryInfo: {
        availableProcessors: PROCESSORS,
        pool: {
          maxBytes: totalBytes,
          reservedBytes,
          reservedRevocableBytes: 0,
          queryMemoryReservations: {},
          queryMemoryAllocations: {},
          queryMemoryRevocableReservations: {},
          taskMemoryReservations: {},
          taskMemoryRevocableReservations: {},
          freeBytes,
        },
      },
      processors: PROCESSORS,
      processCpuLoad: Math.min(0.95, reservedBytes / totalBytes),
      systemCpuLoad: Math.min(0.97, 0.04 + reservedBytes / totalBytes),
      heapUsed: Math.round(totalBytes * 0.2 + reservedBytes * 0.5),
      heapAvailable: totalBytes,
      nonHeapUsed: 368_469_568,
    });
  }

  metrics(exchange: Exchange): Reply {
    return this.managed(exchange, () => ({
      ...plain(200, openMetrics(this.world, exchange.query.getAll('name[]'))),
      headers: [
        [
          'Content-Type',
          'application/openmetrics-text;charset=utf-8;version=1.0.0',
        ],
      ],
    }));
  }

  bean(exchange: Exchange, [name]: string[]): Reply {
    return this.managed(exchange, () => {
      const bean = managedBean(this.world, decodeURIComponent(name));
      return bean
        ? json(bean)
        : plain(
            500,
            `javax.management.InstanceNotFoundException: ${decodeURIComponent(
              name,
            )}`,
          );
    });
  }

  nodes(exchange: Exchange): Reply {
    return this.managed(exchange, () =>
      json(
        this.world
          .nodes()
          .filter(node => !node.coordinator)
          .map(node => ({
            uri: node.httpUri,
            recentRequests: 25.2,
            recentFailures: 0,
            recentSuccesses: 25.2,
            lastRequestTime: new Date(this.world.nowMs).toISOString(),
            lastResponseTime: new Date(this.world.nowMs).toISOString(),
            recentFailureRatio: 0,
            age: this.uptime(),
            recentFailuresByType: {},
          })),
      ),
    );
  }

  failedNodes(exchange: Exchange): Reply {
    return this.managed(exchange, () => json([]));
  }

  resourceGroup(exchange: Exchange, [path]: string[]): Reply {
    return this.managed(exchange, () => {
      const names = path.split('/').map(decodeURIComponent);
      const chain = groupChain(names);
      const group = chain?.at(-1);
      return group ? json(this.groupInfo(names, group)) : errorPage(404);
    });
  }

  private groupInfo(path: string[], group: GroupDefinition): ExactJson {
    const { queries, nowMs, baseUrl, version } = this.world;
    const members = queries
      .active()
      .filter(query =>
        path.every((name, i) => query.resourceGroup[i] === name),
      );
    const running = members.filter(query => query.isRunning);
    const queued = members.length - running.length;
    const full = running.length >= group.hardConcurrencyLimit;
    const memory = running.reduce((sum, q) => sum + q.reservedBytes(nowMs), 0);
    const subGroups = group.subGroups
      .map(sub => ({ sub, path: [...path, sub.name] }))
      .filter(
        ({ path: child }) =>
          queries.runningIn(child) + queries.queuedIn(child) > 0,
      )
      .map(({ sub, path: child }) => this.groupInfo(child, sub));
    return {
      id: path,
      state: full ? 'FULL' : 'CAN_RUN',
      schedulingPolicy: group.subGroups.length > 0 ? 'WEIGHTED_FAIR' : 'FAIR',
      schedulingWeight: group.schedulingWeight,
      softMemoryLimit: `${Math.round(
        this.world.memory().totalBytes * group.softMemoryShare,
      )}B`,
      softConcurrencyLimit: group.hardConcurrencyLimit,
      hardConcurrencyLimit: group.hardConcurrencyLimit,
      maxQueuedQueries: group.maxQueued,
      memoryUsage: `${memory}B`,
      cpuUsage: '0.00s',
      numQueuedQueries: queued,
      numRunningQueries: running.length,
      numEligibleSubGroups: 0,
      subGroups,
      runningQueries: running.map(query =>
        basicQueryInfo(query, { nowMs, baseUrl, version }),
      ),
    };
  }

  private managed(exchange: Exchange, answer: () => Reply): Reply {
    return canReadManagement(exchange.user)
      ? answer()
      : plain(403, 'Management only resource');
  }

  private uptime(): string {
    return formatDuration(this.world.nowMs - this.world.startedAtMs);
  }
}
