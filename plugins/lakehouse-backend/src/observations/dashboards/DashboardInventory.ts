import {
  formatTableRef,
  type AlertRun,
  type LakehouseAlert,
  type LakehouseDashboard,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type {
  AlertRunsObserved,
  AlertsObserved,
  DashboardsObserved,
} from '../Observation';
import { DocumentSet } from '../shared/DocumentSet';
import { Occurrences } from '../shared/Occurrences';
import type { DashboardReads } from '../SystemReads';
import { epochMs } from '../storable';

const ALERTS_MAX = 2_000;
const DASHBOARDS_MAX = 2_000;
const RUNS_MAX = 50;

type AlertWithoutRuns = Omit<LakehouseAlert, 'runs'>;

/** The part of the store that keeps Superset's alerts and dashboards. */
export class DashboardInventory implements DashboardReads {
  readonly #alerts: DocumentSet<
    AlertWithoutRuns,
    Pick<AlertsObserved, 'partial' | 'alertsOff'>
  >;
  readonly #dashboards: DocumentSet<
    LakehouseDashboard,
    Pick<DashboardsObserved, 'partial'>
  >;
  readonly #runs: Occurrences<AlertRun>;

  constructor(db: Knex) {
    this.#alerts = new DocumentSet(db, 'alert');
    this.#dashboards = new DocumentSet(db, 'dashboard');
    this.#runs = new Occurrences(db, 'alert-run');
  }

  async recordAlerts(trx: Knex.Transaction, observed: AlertsObserved) {
    const { connection, at, alerts, partial, alertsOff } = observed;
    await this.#alerts.put(trx, connection, {
      at,
      about: { partial, alertsOff },
      members: alerts.map(alert => ({ id: alert.id, content: alert })),
    });
  }

  /** A run is known under the time at which it was to happen; once it has ended, that stands. */
  async recordRuns(trx: Knex.Transaction, observed: AlertRunsObserved) {
    await this.#runs.put(
      trx,
      observed.connection,
      observed.runs.flatMap(run => {
        const startedAt = run.startedAt ?? run.scheduledAt ?? run.endedAt;
        if (startedAt === undefined) return [];
        return {
          subject: observed.alertId,
          id: run.id,
          startedAt,
          endedAt: run.endedAt,
          revision: [epochMs(run.endedAt), Number(run.state !== 'running')],
          content: run,
        };
      }),
    );
  }

  async recordDashboards(trx: Knex.Transaction, observed: DashboardsObserved) {
    const { connection, at, dashboards, partial } = observed;
    await this.#dashboards.put(trx, connection, {
      at,
      about: { partial },
      members: dashboards.map(dashboard => ({
        id: dashboard.id,
        content: dashboard,
      })),
    });
  }

  async alerts(connection: string) {
    const set = await this.#alerts.read(connection, { limit: ALERTS_MAX });
    return set && { at: set.at, alerts: set.members, ...set.about };
  }

  async alertRuns(connection: string, alertId: string): Promise<AlertRun[]> {
    return this.#runs.list({
      connections: [connection],
      subject: alertId,
      limit: RUNS_MAX,
    });
  }

  async dashboards(connection: string) {
    const set = await this.#dashboards.read(connection, {
      limit: DASHBOARDS_MAX,
    });
    return set && { at: set.at, dashboards: set.members, ...set.about };
  }

  async dashboardsReading(
    connections: readonly string[],
    table: TableRef,
  ): Promise<LakehouseDashboard[]> {
    const wanted = formatTableRef(table);
    const sets = await Promise.all(
      connections.map(connection => this.dashboards(connection)),
    );
    return sets.flatMap(set =>
      (set?.dashboards ?? []).filter(({ datasets }) =>
        datasets.some(one => one.table && formatTableRef(one.table) === wanted),
      ),
    );
  }
}
