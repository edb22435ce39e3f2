import type { z } from 'zod';
import { CapabilityProbe } from '../shared/CapabilityProbe';
import { ConnectionLimitError } from '../shared/errors';
import { RefusalWatch } from '../shared/RefusalWatch';
import type { SystemCapabilities } from '../shared/SystemConnection';
import type { KubernetesConnectionConfig } from './config/KubernetesConnectionConfig';
import { kubernetesErrors } from './errors';
import { KubernetesHttp } from './http/KubernetesHttp';
import type {
  KubernetesChangeOptions,
  KubernetesConnection,
  KubernetesListOptions,
  KubernetesWorkloadRef,
} from './KubernetesConnection';
import type { KubernetesWorkload } from './KubernetesObjects';
import { probeCapabilities } from './probe/probeCapabilities';
import { listAll } from './rest/listAll';
import {
  autoscalerSchema,
  disruptionBudgetSchema,
  eventSchema,
} from './rest/otherSchemas';
import {
  AUTOSCALERS,
  DISRUPTION_BUDGETS,
  EVENTS,
  type KubernetesResource,
  PODS,
  workloadPath,
  workloadsOf,
} from './rest/paths';
import { podSchema } from './rest/podSchema';
import { restartWorkload } from './rest/restartWorkload';
import { scaleWorkload } from './rest/scaleWorkload';
import { workloadSchema } from './rest/workloadSchema';
import { RESOURCE_OF_KIND } from './workloadKinds';

/**
 * {@link KubernetesConnection} over HTTP, with credentials as the Kubernetes client
 * has them.
 *
 * @public
 */
export class DefaultKubernetesConnection implements KubernetesConnection {
  readonly system = 'kubernetes' as const;
  readonly #config: KubernetesConnectionConfig;
  readonly #http: KubernetesHttp;
  readonly #capabilities: CapabilityProbe;
  readonly #closing = new AbortController();
  readonly #refusals = RefusalWatch.create(() => this.#capabilities.doubt());

  static create(options: {
    config: KubernetesConnectionConfig;
  }): DefaultKubernetesConnection {
    return new DefaultKubernetesConnection(options.config);
  }

  private constructor(config: KubernetesConnectionConfig) {
    this.#config = config;
    this.#http = KubernetesHttp.create(config);
    this.#capabilities = CapabilityProbe.create({
      ttlMs: config.capabilitiesTtlMs,
      probe: () =>
        probeCapabilities({ http: this.#http, signal: this.#closing.signal }),
    });
  }

  get id() {
    return this.#config.id;
  }

  get title() {
    return this.#config.title;
  }

  get uiUrl() {
    return this.#config.uiUrl;
  }

  get workloads() {
    return this.#config.workloads;
  }

  listWorkloads(
    kind: KubernetesWorkloadRef['kind'],
    options: KubernetesListOptions,
  ) {
    return this.#whole(workloadsOf(kind), workloadSchema(kind), options);
  }

  listPods(options: KubernetesListOptions) {
    return this.#whole(PODS, podSchema, options);
  }

  listEvents(list: KubernetesListOptions) {
    return this.#refusals.over(() =>
      listAll({ http: this.#http, resource: EVENTS, item: eventSchema, list }),
    );
  }

  listAutoscalers(options: KubernetesListOptions) {
    return this.#whole(AUTOSCALERS, autoscalerSchema, options);
  }

  listDisruptionBudgets(options: KubernetesListOptions) {
    return this.#whole(DISRUPTION_BUDGETS, disruptionBudgetSchema, options);
  }

  getWorkload(
    ref: KubernetesWorkloadRef,
    options: { signal?: AbortSignal } = {},
  ): Promise<KubernetesWorkload> {
    return this.#refusals.over(() =>
      this.#http.send({
        right: {
          verb: 'get',
          group: 'apps',
          resource: RESOURCE_OF_KIND[ref.kind],
          namespace: ref.namespace,
        },
        name: ref.name,
        method: 'GET',
        path: workloadPath(ref),
        schema: workloadSchema(ref.kind),
        signal: options.signal,
        retry: true,
      }),
    );
  }

  podsOf(
    { namespace, podSelector }: KubernetesWorkload,
    options: { signal?: AbortSignal } = {},
  ) {
    // No selector would be all pods of the namespace: the API server refuses such workloads.
    if (podSelector === '') return Promise.resolve([]);
    return this.#whole(
      PODS,
      podSchema,
      { namespace, selector: podSelector, signal: options.signal },
      { fresh: true },
    );
  }

  restart(
    ref: KubernetesWorkloadRef,
    options: KubernetesChangeOptions & { restartedAt: string },
  ) {
    return this.#refusals.over(() => restartWorkload(this.#http, ref, options));
  }

  scale(
    ref: KubernetesWorkloadRef,
    options: KubernetesChangeOptions & { replicas: number },
  ) {
    return this.#refusals.over(async () =>
      scaleWorkload(this.#http, ref, options),
    );
  }

  capabilities(
    options: { refresh?: boolean } = {},
  ): Promise<SystemCapabilities> {
    return this.#refusals.over(() => this.#capabilities.get(options));
  }

  status() {
    return {
      capabilities: this.#capabilities.last,
      available: this.#http.available,
      lastError:
        this.#http.lastError ??
        this.#refusals.lastError ??
        this.#capabilities.lastError,
    };
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the backend is shutting down'));
    await this.#http.close();
  }

  async #whole<T>(
    resource: KubernetesResource,
    item: z.ZodType<T>,
    list: KubernetesListOptions,
    options: { fresh?: boolean } = {},
  ): Promise<T[]> {
    const { items, truncated } = await this.#refusals.over(() =>
      listAll({ http: this.#http, resource, item, list, ...options }),
    );
    if (truncated) throw this.#tooMany(resource, list);
    return [...items];
  }

  #tooMany(
    { resource }: KubernetesResource,
    { namespace }: KubernetesListOptions,
  ): ConnectionLimitError {
    return kubernetesErrors.limit({
      what: `The list of ${resource} in namespace ${namespace}`,
      limit: this.#config.maxItems,
      unit: 'objects',
      remedy: `Select fewer by labels in workloads[].selector, or raise maxItems of connection '${this.id}'.`,
    });
  }
}
