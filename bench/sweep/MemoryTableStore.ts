import {
  formatTableRef,
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Observation } from '../../plugins/lakehouse-backend/src/observations/Observation';

/** What a sweep needs of an ObservationStore, so that its time is all that is measured. */
export class MemoryTableStore {
  readonly #tables = new Map<string, TableHealth>();

  private constructor() {}

  static create(): MemoryTableStore {
    return new MemoryTableStore();
  }

  record(observations: readonly Observation[]) {
    for (const observation of observations) {
      if (observation.type === 'TableInspected') {
        const { health } = observation;
        this.#tables.set(formatTableRef(health.ref), health);
      } else if (observation.type === 'TableDropped') {
        this.#tables.delete(formatTableRef(observation.ref));
      }
    }
  }

  all(): TableHealth[] {
    return [...this.#tables.values()];
  }

  async liveQueryIds(): Promise<string[]> {
    return [];
  }

  async knownTables() {
    return this.all().map(health => ({
      ref: health.ref,
      snapshotId: health.snapshot?.id,
      health,
    }));
  }

  async table(ref: TableRef): Promise<TableHealth | undefined> {
    return this.#tables.get(formatTableRef(ref));
  }

  async lastAnalyzed(): Promise<string | undefined> {
    return undefined;
  }
}
