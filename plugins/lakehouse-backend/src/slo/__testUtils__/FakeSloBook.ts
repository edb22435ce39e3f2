import type { SloVersion } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloBook, StoredSlo } from '../definitions/SloBook';

/** A {@link SloBook} of what a test puts into it. */
export class FakeSloBook implements SloBook {
  slos: StoredSlo[] = [];
  readonly past = new Map<string, SloVersion[]>();

  async list() {
    return this.slos;
  }

  async get(id: string) {
    return this.slos.find(slo => slo.id === id);
  }

  async versions(id: string) {
    return this.past.get(id) ?? [];
  }

  async versionsOf(ids: readonly string[]) {
    return new Map(ids.map(id => [id, this.past.get(id) ?? []]));
  }

  async files() {
    return [];
  }
}
