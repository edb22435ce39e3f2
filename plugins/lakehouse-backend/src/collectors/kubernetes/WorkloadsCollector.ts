import type { Gap, Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  describeConnectionError,
  type KubernetesConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import type { WorkloadsCollectorConfig } from './readWorkloadsCollectorConfig';
import { type NamespaceLook, readNamespace } from './workloads/readNamespace';
import { timelineOf } from './workloads/timelineOf';

const NAMESPACES_AT_A_TIME = 3;
/** These tell of one namespace; all others of the API server. */
const OF_A_NAMESPACE: ReadonlySet<Gap['code']> = new Set([
  'forbidden',
  'not-found',
  'limit',
]);

export interface WorkloadsCollectorOptions {
  connection: KubernetesConnection;
  store: Pick<ObservationStore, 'workloads'>;
  config: WorkloadsCollectorConfig;
  now: () => number;
}

interface Look {
  readonly namespace: string;
  readonly found?: NamespaceLook;
  readonly gap?: Gap;
}

/**
 * Looks at the workloads of the config, namespace by namespace: what is refused in
 * one is a Gap there, and the others go on.
 */
export class WorkloadsCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'workloads';
  readonly #options: WorkloadsCollectorOptions;

  static create(options: WorkloadsCollectorOptions): WorkloadsCollector {
    return new WorkloadsCollector(options);
  }

  private constructor(options: WorkloadsCollectorOptions) {
    this.#options = options;
    this.connection = options.connection.id;
    this.id = `kubernetes-workloads:${this.connection}`;
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const at = new Date(this.#options.now()).toISOString();
    const looks = await this.#looks(at, signal);
    if (signal.aborted) return;

    const isDown = looks.every(
      ({ gap }) => gap && !OF_A_NAMESPACE.has(gap.code),
    );
    const [first] = looks;
    if (isDown && first.gap) {
      yield [
        { type: 'GapOpened', gap: { ...first.gap, subject: 'workloads' } },
      ];
      return;
    }
    const seen = looks.flatMap(({ found }) => found?.workloads ?? []);
    const { maxWorkloads } = this.#options.config;
    const workloads = seen.slice(0, maxWorkloads);
    yield [
      { type: 'WorkloadsSampled', connection: this.connection, at, workloads },
      ...(await this.#timeline(workloads, at)),
      seen.length > maxWorkloads
        ? {
            type: 'GapOpened',
            gap: this.#tooMany({ seen: seen.length, maxWorkloads, at }),
          }
        : this.#closed('workloads', at),
      ...looks.map(
        ({ namespace, gap }): Observation =>
          gap
            ? { type: 'GapOpened', gap }
            : this.#closed(`namespace:${namespace}`, at),
      ),
      this.#events(looks, at),
    ];
  }

  async #looks(at: string, signal: AbortSignal): Promise<Look[]> {
    const { connection } = this.#options;
    const namespaces = [
      ...new Set(connection.workloads.map(({ namespace }) => namespace)),
    ];
    const looks: Look[] = [];
    for (let i = 0; i < namespaces.length; i += NAMESPACES_AT_A_TIME) {
      looks.push(
        ...(await Promise.all(
          namespaces
            .slice(i, i + NAMESPACES_AT_A_TIME)
            .map(namespace => this.#look(namespace, at, signal)),
        )),
      );
    }
    return looks;
  }

  async #look(
    namespace: string,
    at: string,
    signal: AbortSignal,
  ): Promise<Look> {
    try {
      const found = await readNamespace({
        connection: this.#options.connection,
        namespace,
        maxWorkloads: this.#options.config.maxWorkloads,
        nowMs: Date.parse(at),
        signal,
      });
      return { namespace, found };
    } catch (error) {
      return {
        namespace,
        gap: this.#gap(`namespace:${namespace}`, error, at),
      };
    }
  }

  #gap(subject: Gap['subject'], error: unknown, at: string): Gap {
    return {
      connection: this.connection,
      subject,
      since: at,
      ...describeConnectionError(error),
    };
  }

  #closed(subject: Gap['subject'], at: string): Observation {
    return { type: 'GapClosed', connection: this.connection, subject, at };
  }

  #tooMany(options: { seen: number; maxWorkloads: number; at: string }): Gap {
    return {
      connection: this.connection,
      subject: 'workloads',
      since: options.at,
      code: 'limit',
      reason: `at least ${options.seen} workloads are selected, and ${options.maxWorkloads} are looked at`,
      remedy:
        'select fewer by labels in workloads[].selector of the connection, or raise lakehouse.collectors.workloads.maxWorkloads',
    };
  }

  /** One Gap for all namespaces whose events could not be read whole. */
  #events(looks: readonly Look[], at: string): Observation {
    const subject = 'workloads.events';
    for (const { namespace, found } of looks) {
      if (found?.eventsError) {
        return {
          type: 'GapOpened',
          gap: this.#gap(subject, found.eventsError, at),
        };
      }
      if (found?.eventsTruncated) {
        return {
          type: 'GapOpened',
          gap: {
            connection: this.connection,
            subject,
            since: at,
            code: 'limit',
            reason: `namespace ${namespace} has more events than are read, so that newer ones may be missing`,
            remedy: 'raise maxItems of the connection',
          },
        };
      }
    }
    return this.#closed(subject, at);
  }

  async #timeline(
    workloads: readonly Workload[],
    at: string,
  ): Promise<Observation[]> {
    const known = await this.#options.store.workloads.latest(this.connection);
    return timelineOf({
      before: known?.workloads ?? [],
      now: workloads,
      at,
    }).map(event => ({ type: 'TimelineObserved', event }));
  }
}
