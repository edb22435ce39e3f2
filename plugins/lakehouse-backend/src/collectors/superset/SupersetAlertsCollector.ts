import { NotFoundError } from '@backstage/errors';
import type {
  SupersetConnection,
  SupersetListedAlert,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { Collector } from '../Collector';
import { gapOfErrorOrClosed } from '../shared/gapOf';
import { mapConcurrently } from '../trino/tables/mapConcurrently';
import { alertEvents } from './alertEvents';
import { alertRunsOf } from './alertRuns';
import { describeAlert, type KnownAlert } from './describeAlert';
import { readPartial } from './readPartial';
import type { SupersetCollectorsConfig } from './SupersetCollectorsConfig';

/** So that an alert that fires is seen within a minute, with room for a slow answer. */
const EVERY_MS = 15_000;
const CONCURRENCY = 4;
/** Rows, of which an execution has up to three. */
const LOG_ROWS = 60;

export interface SupersetAlertsCollectorOptions {
  readonly connection: SupersetConnection;
  readonly config: SupersetCollectorsConfig;
  readonly now: () => number;
}

interface Seen extends KnownAlert {
  /** Of the list; what it tells has not changed as long as this has not. */
  readonly mark: string;
}

/**
 * Tells alerts and reports. The list is read at each round; the page and the log of an
 * alert only after it was evaluated or changed.
 */
export class SupersetAlertsCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'dashboards';
  readonly everyMs = EVERY_MS;
  readonly #seen = new Map<string, Seen>();

  static create(options: SupersetAlertsCollectorOptions) {
    return new SupersetAlertsCollector(options);
  }

  private constructor(
    private readonly options: SupersetAlertsCollectorOptions,
  ) {
    this.connection = options.connection.id;
    this.id = `superset-alerts:${this.connection}`;
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const at = new Date(this.options.now()).toISOString();
    const gap = (subject: 'alerts' | 'alerts.log', error?: unknown) =>
      gapOfErrorOrClosed({ connection: this.connection, subject, at }, error);
    try {
      const listed = await this.options.connection.alerts({ signal });
      const partial = listed.off
        ? undefined
        : await readPartial(this.options.connection, [listed]);
      const changed = this.#changed(listed.items);
      const { told, error } = await this.#readDetails(changed, signal);
      if (signal.aborted) return;
      this.#forgetAllBut(listed.items);
      yield [
        {
          type: 'AlertsObserved',
          connection: this.connection,
          at,
          alerts: listed.items.map(one =>
            describeAlert(
              { ...this.#seen.get(one.id), listed: one },
              {
                connection: this.connection,
                uiUrl: this.options.connection.uiUrl,
                nowMs: this.options.now(),
              },
            ),
          ),
          partial,
          alertsOff: listed.off,
        },
        ...told,
        gap('alerts'),
        gap('alerts.log', error),
      ];
    } catch (error) {
      if (signal.aborted) return;
      yield [gap('alerts', error)];
    }
  }

  /** Those whose details are old, the ones whose state changed first. */
  #changed(listed: readonly SupersetListedAlert[]): SupersetListedAlert[] {
    const stateChanged = (one: SupersetListedAlert) =>
      this.#seen.get(one.id)?.listed.lastState !== one.lastState;
    return listed
      .filter(one => this.#seen.get(one.id)?.mark !== markOf(one))
      .sort((a, b) => Number(stateChanged(b)) - Number(stateChanged(a)))
      .slice(0, this.options.config.maxAlertDetails);
  }

  async #readDetails(
    alerts: readonly SupersetListedAlert[],
    signal: AbortSignal,
  ): Promise<{ told: Observation[]; error?: unknown }> {
    const told: Observation[] = [];
    let failed: unknown;
    const read = mapConcurrently(alerts, {
      concurrency: CONCURRENCY,
      stop: () => signal.aborted || failed !== undefined,
      run: listed => this.#readOne(listed, signal),
    });
    for await (const { observations, error } of read) {
      told.push(...observations);
      failed ??= error;
    }
    return { told, error: failed };
  }

  async #readOne(
    listed: SupersetListedAlert,
    signal: AbortSignal,
  ): Promise<{ observations: Observation[]; error?: unknown }> {
    const { connection } = this.options;
    try {
      const [details, rows] = await Promise.all([
        connection.alert(listed.id, { signal }),
        connection.alertLog(listed.id, { signal, limit: LOG_ROWS }),
      ]);
      const runs = alertRunsOf(rows, listed.type);
      this.#seen.set(listed.id, {
        mark: markOf(listed),
        listed,
        details,
        rows,
        runs,
      });
      // Without rows there is nothing to tell: a log is pruned, or was never written.
      if (runs.length === 0) return { observations: [] };
      return {
        observations: [
          {
            type: 'AlertRunsObserved',
            connection: this.connection,
            alertId: listed.id,
            runs,
          },
          ...alertEvents({
            connection: this.connection,
            alert: listed,
            runs,
            whole: rows.length < LOG_ROWS,
          }).map(event => ({ type: 'TimelineObserved' as const, event })),
        ],
      };
    } catch (error) {
      // Deleted since it was listed: the next list tells.
      if (error instanceof NotFoundError) return { observations: [] };
      return { observations: [], error };
    }
  }

  #forgetAllBut(listed: readonly SupersetListedAlert[]) {
    const ids = new Set(listed.map(one => one.id));
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id);
  }
}

function markOf(one: SupersetListedAlert): string {
  return [one.lastState, one.lastEvaluatedAt, one.changedAt].join('|');
}
