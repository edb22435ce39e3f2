import type { SystemCapabilities } from '../shared/SystemConnection';
import { CapabilityProbe } from '../shared/CapabilityProbe';
import { RefusalWatch } from '../shared/RefusalWatch';
import type { SupersetConnectionConfig } from './config';
import { SupersetHttp } from './http/SupersetHttp';
import { probeSuperset } from './probe/probeSuperset';
import {
  executeAlert,
  listAlerts,
  readAlert,
  readAlertLog,
  setAlertSchedule,
} from './rest/alerts';
import { ChartCacheReader } from './rest/ChartCacheReader';
import { invalidateDataset } from './rest/invalidateDataset';
import { readMark } from './rest/listPages';
import {
  listObjects,
  OBJECTS,
  readDashboard,
  readDataset,
  readDatasetUse,
} from './rest/objects';
import { readChartCache } from './rest/readChartCache';
import { warmChart } from './rest/warmChart';
import type {
  SupersetConnection,
  SupersetRequestOptions,
} from './SupersetConnection';

/**
 * {@link SupersetConnection} over Superset's REST API.
 *
 * @public
 */
export class DefaultSupersetConnection implements SupersetConnection {
  readonly system = 'superset';
  readonly #config: SupersetConnectionConfig;
  readonly #http: SupersetHttp;
  readonly #probe: CapabilityProbe;
  readonly #chartCaches: ChartCacheReader;
  readonly #closing = new AbortController();
  readonly #refusals = RefusalWatch.create(() => this.#probe.doubt());

  static create(options: {
    config: SupersetConnectionConfig;
    now?: () => number;
  }): DefaultSupersetConnection {
    return new DefaultSupersetConnection(options);
  }

  private constructor(options: {
    config: SupersetConnectionConfig;
    now?: () => number;
  }) {
    this.#config = options.config;
    this.#http = SupersetHttp.create(options.config, options.now);
    this.#chartCaches = ChartCacheReader.create({
      connection: options.config.id,
      read: (chartId, signal) =>
        readChartCache({
          http: this.#http,
          chartId,
          timeoutMs: options.config.chartTimeoutMs,
          signal,
        }),
    });
    this.#probe = CapabilityProbe.create({
      ttlMs: options.config.capabilitiesTtlMs,
      probe: () =>
        probeSuperset({
          http: this.#http,
          readCsrf: () => this.#http.csrf(),
          signal: this.#closing.signal,
        }),
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

  get user() {
    const { auth } = this.#config;
    return auth.type === 'password' ? auth.user : undefined;
  }

  get databases() {
    return this.#config.databases;
  }

  mark(kind: keyof typeof OBJECTS, options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      readMark({ ...OBJECTS[kind], http: this.#http, signal: options.signal }),
    );
  }

  dashboards(options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      listObjects({ ...this.#asked(options), kind: OBJECTS.dashboards }),
    );
  }

  charts(options: SupersetRequestOptions & { dashboardId?: string } = {}) {
    const { dashboardId } = options;
    return this.#refusals.over(() =>
      listObjects({
        ...this.#asked(options),
        kind: OBJECTS.charts,
        filters:
          dashboardId === undefined
            ? undefined
            : [
                {
                  col: 'dashboards',
                  opr: 'rel_m_m',
                  value: Number(dashboardId),
                },
              ],
      }),
    );
  }

  datasets(options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      listObjects({ ...this.#asked(options), kind: OBJECTS.datasets }),
    );
  }

  dashboard(idOrUuid: string, options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      readDashboard({ ...this.#asked(options), idOrUuid }),
    );
  }

  dataset(id: string, options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      readDataset({ ...this.#asked(options), id }),
    );
  }

  datasetUse(id: string, options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      readDatasetUse({ ...this.#asked(options), id }),
    );
  }

  alerts(options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() => listAlerts(this.#asked(options)));
  }

  alert(id: string, options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      readAlert({ ...this.#asked(options), id }),
    );
  }

  alertLog(
    id: string,
    options: SupersetRequestOptions & { limit?: number } = {},
  ) {
    return this.#refusals.over(() =>
      readAlertLog({ ...this.#asked(options), id, limit: options.limit }),
    );
  }

  chartCache(chartId: string, options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      this.#chartCaches.read(chartId, options.signal),
    );
  }

  replaceChart(chartId: string, options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      readChartCache({
        http: this.#http,
        chartId,
        force: true,
        timeoutMs: this.#config.chartTimeoutMs,
        signal: options.signal,
      }),
    );
  }

  invalidateDataset(datasetId: string, options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      invalidateDataset({ ...this.#asked(options), datasetId }),
    );
  }

  warmChart(
    chartId: string,
    options: SupersetRequestOptions & { dashboardId?: string } = {},
  ) {
    return this.#refusals.over(() =>
      warmChart({
        http: this.#http,
        chartId,
        dashboardId: options.dashboardId,
        timeoutMs: this.#config.chartTimeoutMs,
        signal: options.signal,
      }),
    );
  }

  executeAlert(id: string, options: SupersetRequestOptions = {}) {
    return this.#refusals.over(() =>
      executeAlert({ ...this.#asked(options), id }),
    );
  }

  setAlertSchedule(
    id: string,
    crontab: string,
    options: SupersetRequestOptions = {},
  ) {
    return this.#refusals.over(() =>
      setAlertSchedule({ ...this.#asked(options), id, crontab }),
    );
  }

  capabilities(
    options: { refresh?: boolean } = {},
  ): Promise<SystemCapabilities> {
    return this.#refusals.over(() => this.#probe.get(options));
  }

  status() {
    return {
      capabilities: this.#probe.last,
      available: this.#http.breaker.available,
      lastError: this.#http.breaker.lastError ?? this.#refusals.lastError,
    };
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the backend is shutting down'));
    await this.#http.close();
  }

  #asked({ signal }: SupersetRequestOptions) {
    return { http: this.#http, config: this.#config, signal };
  }
}
