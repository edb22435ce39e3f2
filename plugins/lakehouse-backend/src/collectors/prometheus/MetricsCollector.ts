import type { MetricsAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  MetricsTarget,
  PrometheusConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { gapClosed, gapOf, gapOfError } from '../shared/gapOf';
import { alertEvents } from './alertEvents';
import type { MetricsCollectorConfig } from './readMetricsCollectorConfig';

interface MetricsCollectorOptions {
  readonly connection: PrometheusConnection;
  readonly store: Pick<ObservationStore, 'metrics'>;
  readonly config: MetricsCollectorConfig;
  readonly now: () => number;
}

/** Looks at a Prometheus' alerts and scrape targets. Each fails by itself, with its own Gap. */
export class MetricsCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'metrics';
  readonly #options: MetricsCollectorOptions;

  private constructor(options: MetricsCollectorOptions) {
    this.#options = options;
    this.connection = options.connection.id;
    this.id = `metrics:${this.connection}`;
  }

  static create(options: MetricsCollectorOptions): MetricsCollector {
    return new MetricsCollector(options);
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const at = new Date(this.#options.now()).toISOString();
    const [alerts, targets] = await Promise.all([
      this.#alerts(at, signal),
      this.#targets(at, signal),
    ]);
    if (signal.aborted) return;
    yield [
      ...(await this.#observed({ at, ...alerts, ...targets })),
      alerts.alertsGap,
      targets.targetsGap,
    ];
  }

  /** Without alerts there is nothing to keep: targets alone would say that there are none. */
  async #observed(found: {
    at: string;
    alerts?: readonly MetricsAlert[];
    targets?: readonly MetricsTarget[];
  }): Promise<Observation[]> {
    const { at, alerts, targets } = found;
    if (!alerts) return [];
    const known = await this.#options.store.metrics.latest(this.connection);
    const events = alertEvents({ at, before: known?.alerts, now: alerts });
    return [
      {
        type: 'MetricsObserved',
        connection: this.connection,
        at,
        alerts,
        targets,
      },
      ...events.map(
        (event): Observation => ({ type: 'TimelineObserved', event }),
      ),
    ];
  }

  async #alerts(
    at: string,
    signal: AbortSignal,
  ): Promise<{ alerts?: MetricsAlert[]; alertsGap: Observation }> {
    const look = {
      connection: this.connection,
      subject: 'metrics.alerts',
      at,
    } as const;
    const { maxAlerts } = this.#options.config;
    try {
      const alerts = await this.#options.connection.alerts({ signal });
      const firingFirst = [...alerts].sort((one, other) =>
        one.state.localeCompare(other.state),
      );
      return {
        alerts: firingFirst.slice(0, maxAlerts),
        alertsGap:
          alerts.length > maxAlerts
            ? gapOf(look, {
                code: 'limit',
                reason: `there are ${alerts.length} alerts, of which ${maxAlerts} are kept`,
                remedy:
                  'raise lakehouse.collectors.metrics.maxAlerts, or aggregate more in the rules',
              })
            : gapClosed(look),
      };
    } catch (error) {
      return { alertsGap: gapOfError(look, error) };
    }
  }

  async #targets(
    at: string,
    signal: AbortSignal,
  ): Promise<{ targets?: MetricsTarget[]; targetsGap: Observation }> {
    const look = {
      connection: this.connection,
      subject: 'metrics.targets',
      at,
    } as const;
    const { maxTargets } = this.#options.config;
    try {
      const targets = await this.#options.connection.targets({ signal });
      if (!targets) {
        return {
          targetsGap: gapOf(look, {
            code: 'not-found',
            reason:
              'the server has no list of scrape targets, as Mimir and Thanos',
            remedy:
              'connect to the Prometheus that scrapes as well, if its targets are to be seen',
          }),
        };
      }
      return {
        targets: targets.slice(0, maxTargets),
        targetsGap:
          targets.length > maxTargets
            ? gapOf(look, {
                code: 'limit',
                reason: `there are ${targets.length} scrape targets, of which ${maxTargets} are kept, those that are down first`,
                remedy: 'raise lakehouse.collectors.metrics.maxTargets',
              })
            : gapClosed(look),
      };
    } catch (error) {
      return { targetsGap: gapOfError(look, error) };
    }
  }
}
