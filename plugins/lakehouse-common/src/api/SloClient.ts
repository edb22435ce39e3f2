import type {
  EntitySlos,
  SloCorrection,
  SloHistory,
  SloList,
  SloListRequest,
  SloProposal,
  SloSilence,
  SloSpenders,
  SloView,
  SloWhatIf,
} from '../slo';
import { callBackend, type BackendApis } from './callBackend';
import type { LakehouseRange, LakehouseRequestOptions } from './LakehouseApi';
import type { SloApi, SloExportFormat } from './SloApi';

/**
 * {@link SloApi} over HTTP.
 *
 * @public
 */
export class SloClient implements SloApi {
  readonly #apis: BackendApis;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#apis = options;
  }

  getSlos(request: SloListRequest = {}, options?: LakehouseRequestOptions) {
    return this.#get<SloList>(['slos'], request, options);
  }

  getEntitySlos(entityRef: string, options?: LakehouseRequestOptions) {
    return this.#get<EntitySlos>(['entity-slos'], { entityRef }, options);
  }

  getSlo(id: string, options?: LakehouseRequestOptions) {
    return this.#get<SloView>(['slos', id], {}, options);
  }

  getSloHistory(
    id: string,
    range: LakehouseRange = {},
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<SloHistory>(['slos', id, 'history'], range, options);
  }

  getSloSpenders(
    id: string,
    range: LakehouseRange = {},
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<SloSpenders>(['slos', id, 'spenders'], range, options);
  }

  getSloWhatIf(
    id: string,
    change: { target?: number; threshold?: number; objective?: string },
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<SloWhatIf>(['slos', id, 'what-if'], change, options);
  }

  getSloProposals(entityRef: string, options?: LakehouseRequestOptions) {
    return this.#get<{ items: SloProposal[] }>(
      ['slo-proposals'],
      { entityRef },
      options,
    );
  }

  async getSloExport(
    id: string,
    format: SloExportFormat,
    options?: LakehouseRequestOptions,
  ) {
    const response = await callBackend(this.#apis, {
      path: ['slos', id, 'export'],
      query: { format },
      ...options,
    });
    return response.text();
  }

  addSloCorrection(
    id: string,
    correction: Pick<
      SloCorrection,
      'from' | 'to' | 'kind' | 'reason' | 'objective'
    >,
  ) {
    return this.#post<SloCorrection>(['slos', id, 'corrections'], correction);
  }

  async removeSloCorrection(id: string, correctionId: string, reason: string) {
    await callBackend(this.#apis, {
      method: 'DELETE',
      path: ['slos', id, 'corrections', correctionId],
      query: { reason },
    });
  }

  silenceSlo(id: string, silence: Pick<SloSilence, 'until' | 'reason'>) {
    return this.#post<SloSilence>(['slos', id, 'silences'], silence);
  }

  async endSloSilence(id: string, silenceId: string) {
    await callBackend(this.#apis, {
      method: 'DELETE',
      path: ['slos', id, 'silences', silenceId],
    });
  }

  async #get<T>(
    path: string[],
    query: object,
    options?: LakehouseRequestOptions,
  ): Promise<T> {
    const response = await callBackend(this.#apis, { path, query, ...options });
    return response.json();
  }

  async #post<T>(path: string[], body: object): Promise<T> {
    const response = await callBackend(this.#apis, {
      method: 'POST',
      path,
      body,
    });
    return response.json();
  }
}
