import type {
  SupersetChart,
  SupersetConnection,
  SupersetDashboard,
  SupersetDataset,
  SupersetList,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** All dashboards, charts and datasets of one Superset. */
export interface ListedObjects {
  readonly dashboards: SupersetList<SupersetDashboard>;
  readonly charts: SupersetList<SupersetChart>;
  readonly datasets: SupersetList<SupersetDataset>;
}

/** Reads the lists when something of them has changed: how many there are, or which changed last. */
export class SupersetObjects {
  readonly #options: {
    connection: SupersetConnection;
    refreshAfterMs: number;
    now: () => number;
  };
  #last: { objects: ListedObjects; mark: string; readMs: number } | undefined;

  static create(options: {
    connection: SupersetConnection;
    refreshAfterMs: number;
    now: () => number;
  }) {
    return new SupersetObjects(options);
  }

  private constructor(options: Parameters<typeof SupersetObjects.create>[0]) {
    this.#options = options;
  }

  async read(signal: AbortSignal): Promise<ListedObjects> {
    const { connection, refreshAfterMs, now } = this.#options;
    const marks = await Promise.all(
      (['dashboards', 'charts', 'datasets'] as const).map(kind =>
        connection.mark(kind, { signal }),
      ),
    );
    const mark = JSON.stringify(marks);
    const last = this.#last;
    if (last?.mark === mark && now() - last.readMs < refreshAfterMs) {
      return last.objects;
    }
    const [dashboards, charts, datasets] = await Promise.all([
      connection.dashboards({ signal }),
      connection.charts({ signal }),
      connection.datasets({ signal }),
    ]);
    const objects = { dashboards, charts, datasets };
    this.#last = { objects, mark, readMs: now() };
    return objects;
  }
}
