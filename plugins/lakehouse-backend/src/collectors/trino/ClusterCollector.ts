import {
  ClusterNode,
  ClusterSample,
  Gap,
  isFinalQueryState,
  QUERY_STATES,
  ResourceGroupState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { Collector } from '../Collector';
import { gapOrClosed } from '../shared/gapOf';
import {
  CLUSTER_METRIC_NAMES,
  memoryOf,
  nodeCountsOf,
  queriesOf,
} from './cluster/clusterMetrics';
import { countNodes, readNodes } from './cluster/readNodes';
import { readResourceGroups } from './cluster/readResourceGroups';
import { gapFromError } from './gaps';
import type { ResourceGroupRoots } from './ResourceGroupRoots';

const LIVE_STATES = QUERY_STATES.filter(state => !isFinalQueryState(state));

export interface ClusterCollectorOptions {
  connection: TrinoConnection;
  roots: ResourceGroupRoots;
  now: () => number;
}

/** Something observed, or why not. Both when it was observed in a lesser way. */
interface Part<T> {
  readonly value?: T;
  readonly gap?: Gap;
}

/**
 * Samples a cluster: memory and query counts from named metrics, nodes from the system
 * table, resource groups from their endpoint. Each part fails by itself, with its own Gap.
 */
export class ClusterCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'cluster';

  private constructor(private readonly options: ClusterCollectorOptions) {
    this.connection = options.connection.id;
    this.id = `trino-cluster:${this.connection}`;
  }

  static create(options: ClusterCollectorOptions): ClusterCollector {
    return new ClusterCollector(options);
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const at = new Date(this.options.now()).toISOString();
    const [metrics, nodes, groups] = await Promise.all([
      this.#metrics(at, signal),
      this.#nodes(at, signal),
      this.#resourceGroups(at, signal),
    ]);
    const queries = await this.#queries(metrics, at, signal);
    if (signal.aborted) return;

    const sample: ClusterSample = {
      connection: this.connection,
      sampledAt: at,
      memory: metrics.value && memoryOf(metrics.value),
      queries: queries.value,
      nodes: nodes.value
        ? countNodes(nodes.value)
        : metrics.value && nodeCountsOf(metrics.value),
    };
    const observations: Observation[] = [
      this.#gap('cluster.memory', this.#memoryGap(metrics, sample, at), at),
      this.#gap('cluster.queries', queries.gap, at),
      this.#gap('cluster.nodes', nodes.gap, at),
      this.#gap('cluster.resource-groups', groups.gap, at),
    ];
    if (sample.memory || sample.queries || sample.nodes || groups.value) {
      observations.unshift({
        type: 'ClusterSampled',
        sample,
        nodes: nodes.value,
        resourceGroups: groups.value,
      });
    }
    yield observations;
  }

  #gap(subject: Gap['subject'], gap: Gap | undefined, at: string): Observation {
    return gapOrClosed({ connection: this.connection, subject, at }, gap);
  }

  async #metrics(
    at: string,
    signal: AbortSignal,
  ): Promise<Part<ReadonlyMap<string, number>>> {
    try {
      const value = await this.options.connection.metrics(
        CLUSTER_METRIC_NAMES,
        { signal },
      );
      return { value };
    } catch (error) {
      return {
        gap: gapFromError({
          connection: this.connection,
          subject: 'cluster.memory',
          at,
          error,
          deniedRemedy: this.#systemInformationRemedy(),
        }),
      };
    }
  }

  #memoryGap(
    metrics: Part<ReadonlyMap<string, number>>,
    sample: ClusterSample,
    at: string,
  ): Gap | undefined {
    if (sample.memory || metrics.gap) return metrics.gap;
    return {
      connection: this.connection,
      subject: 'cluster.memory',
      since: at,
      code: 'not-found',
      reason: '/metrics has no figures of the general memory pool',
      remedy:
        'point the connection at the coordinator; workers do not have them',
    };
  }

  async #queries(
    metrics: Part<ReadonlyMap<string, number>>,
    at: string,
    signal: AbortSignal,
  ): Promise<Part<NonNullable<ClusterSample['queries']>>> {
    const counted = metrics.value && queriesOf(metrics.value);
    if (counted) return { value: counted };
    const subject = 'cluster.queries';
    try {
      const listed = await this.options.connection.listQueries({
        states: LIVE_STATES,
        signal,
      });
      const running = listed.filter(
        query => query.state === 'RUNNING' || query.state === 'FINISHING',
      ).length;
      const instead =
        'running and queued are counted from the list of queries, which shows only those that the user may view';
      return {
        value: { running, queued: listed.length - running },
        gap: metrics.gap
          ? {
              ...metrics.gap,
              subject,
              reason: `${metrics.gap.reason}; ${instead}`,
            }
          : {
              connection: this.connection,
              subject,
              since: at,
              code: 'not-found',
              reason: `/metrics has no figures of the query manager; ${instead}`,
              remedy: 'point the connection at the coordinator',
            },
      };
    } catch (error) {
      return {
        gap: gapFromError({ connection: this.connection, subject, at, error }),
      };
    }
  }

  async #nodes(at: string, signal: AbortSignal): Promise<Part<ClusterNode[]>> {
    try {
      return {
        value: await readNodes({ connection: this.options.connection, signal }),
      };
    } catch (error) {
      return {
        gap: gapFromError({
          connection: this.connection,
          subject: 'cluster.nodes',
          at,
          error,
          deniedRemedy: `allow ${this.options.connection.user} to SELECT from system.runtime.nodes (tables rule of Trino's access control)`,
        }),
      };
    }
  }

  async #resourceGroups(
    at: string,
    signal: AbortSignal,
  ): Promise<Part<ResourceGroupState[]>> {
    try {
      return {
        value: await readResourceGroups({ ...this.options, signal }),
      };
    } catch (error) {
      return {
        gap: gapFromError({
          connection: this.connection,
          subject: 'cluster.resource-groups',
          at,
          error,
          deniedRemedy: this.#systemInformationRemedy(),
        }),
      };
    }
  }

  #systemInformationRemedy(): string {
    return `allow ${this.options.connection.user} to read system information (system_information rule with "allow": ["read"] in Trino's access control)`;
  }
}
