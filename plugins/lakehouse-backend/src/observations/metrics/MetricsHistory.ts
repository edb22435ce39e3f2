import type {
  MetricsAlert,
  MetricsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { MetricsObserved } from '../Observation';
import { Documents } from '../shared/Documents';
import type { MetricsReads } from '../SystemReads';

interface KnownAlerts {
  readonly alerts: MetricsAlert[];
}

/** The part of the store that keeps Prometheus' alerts and targets as they were last. */
export class MetricsHistory implements MetricsReads {
  readonly #latest: Documents<KnownAlerts>;
  readonly #targets: Documents<MetricsView['targets']>;

  constructor(db: Knex) {
    this.#latest = new Documents(db, 'metrics');
    this.#targets = new Documents(db, 'metrics-targets');
  }

  async record(trx: Knex.Transaction, observed: MetricsObserved) {
    const { connection, at, alerts, targets } = observed;
    await this.#latest.put(trx, connection, [
      { at, content: { alerts: [...alerts] } },
    ]);
    // Apart from the alerts: the last known targets stay when they were not observed.
    if (targets) {
      await this.#targets.put(trx, connection, [{ at, content: targets }]);
    }
  }

  async latest(connection: string) {
    const [known, targets] = await Promise.all([
      this.#latest.get(connection),
      this.#targets.get(connection),
    ]);
    return (
      known && { at: known.at, ...known.content, targets: targets?.content }
    );
  }
}
