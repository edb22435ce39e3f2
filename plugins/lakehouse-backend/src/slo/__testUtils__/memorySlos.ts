import type {
  SloAlert,
  SloCorrection,
  SloFileStatus,
  SloListRequest,
  SloSilence,
  SloStatus,
  SloSummary,
  SloVersion,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloAlertLog } from '../alerts/SloAlertLog';
import type { SloBook, StoredSlo } from '../definitions/SloBook';
import type { SloStates } from '../evaluation/SloStates';
import type { WindowCounts } from '../evaluation/WindowCounts';

/** A book in memory. */
export class MemoryBook implements SloBook {
  slos: StoredSlo[] = [];
  history = new Map<string, SloVersion[]>();
  told: SloFileStatus[] = [];

  async list() {
    return this.slos;
  }

  async get(id: string) {
    return this.slos.find(slo => slo.id === id);
  }

  async versions(id: string): Promise<SloVersion[]> {
    const slo = await this.get(id);
    const { definition, since, version = 1 } = slo ?? {};
    const now =
      definition && since ? [{ version, from: since, definition }] : [];
    return this.history.get(id) ?? now;
  }

  async versionsOf(ids: readonly string[]) {
    return new Map(
      await Promise.all(
        ids.map(async id => [id, await this.versions(id)] as const),
      ),
    );
  }

  async files(only?: { entityRef?: string; locations: readonly string[] }) {
    return this.told.filter(
      ({ entityRef, location }) =>
        !only ||
        only.locations.includes(location) ||
        (entityRef !== undefined && entityRef === only.entityRef),
    );
  }
}

/** States in memory. */
export class MemoryStates implements SloStates {
  summaries = new Map<string, SloSummary>();
  counts = new Map<string, WindowCounts>();

  async list(request: SloListRequest & { connections: readonly string[] }) {
    const all = [...this.summaries.values()].filter(
      ({ title }) => !request.search || title.includes(request.search),
    );
    const seen = all.filter(({ connections }) =>
      connections.every(one => request.connections.includes(one)),
    );
    const count = (status: SloStatus) =>
      seen.filter(one => one.status === status).length;
    return {
      items: seen.slice(0, request.limit),
      total: seen.length,
      counts: {
        breached: count('breached'),
        'at-risk': count('at-risk'),
        unknown: count('unknown'),
        healthy: count('healthy'),
      },
      firing: seen.flatMap(({ burnRates }) =>
        burnRates.filter(({ state }) => state === 'firing'),
      ).length,
      facets: { owners: [], systems: [] },
      hidden: all.length - seen.length,
    };
  }

  async get(ids: readonly string[]) {
    return new Map(
      ids.flatMap(id => {
        const summary = this.summaries.get(id);
        return summary ? [[id, summary] as const] : [];
      }),
    );
  }

  async evaluations(ids: readonly string[]) {
    return new Map(
      [...(await this.get(ids))].map(([id, summary]) => [
        id,
        { summary, counts: this.counts.get(id) },
      ]),
    );
  }

  async put(
    summaries: readonly SloSummary[],
    counts: ReadonlyMap<string, WindowCounts> = new Map(),
  ) {
    for (const summary of summaries) {
      this.summaries.set(summary.id, summary);
      this.counts.delete(summary.id);
    }
    for (const [id, count] of counts) this.counts.set(id, count);
  }

  async remove(ids: readonly string[]) {
    for (const id of ids) this.summaries.delete(id);
  }
}

/** A log in memory. */
export class MemoryAlertLog implements SloAlertLog {
  firings: SloAlert[] = [];
  cuts = new Map<string, SloCorrection[]>();
  quiet = new Map<string, SloSilence[]>();

  async alerts(ids: readonly string[]) {
    return new Map(
      ids.map(id => [id, this.firings.filter(({ sloId }) => sloId === id)]),
    );
  }

  async silences(ids: readonly string[]) {
    return new Map(ids.map(id => [id, this.quiet.get(id) ?? []]));
  }

  async corrections(
    ids: readonly string[],
    range?: { from: string; to: string },
  ) {
    return new Map(
      ids.map(id => [
        id,
        (this.cuts.get(id) ?? []).filter(
          one => !range || (one.to > range.from && one.from < range.to),
        ),
      ]),
    );
  }

  async addCorrection(id: string, correction: SloCorrection) {
    this.cuts.set(id, [...(this.cuts.get(id) ?? []), correction]);
  }

  async removeCorrection(id: string, correction: string) {
    const known = this.cuts.get(id) ?? [];
    const left = known.filter(one => one.id !== correction);
    this.cuts.set(id, left);
    return left.length < known.length;
  }

  async addSilence(id: string, silence: SloSilence) {
    this.quiet.set(id, [...(this.quiet.get(id) ?? []), silence]);
  }

  async endSilence(id: string, silence: string) {
    const known = this.quiet.get(id) ?? [];
    const left = known.filter(one => one.id !== silence);
    this.quiet.set(id, left);
    return left.length < known.length;
  }
}
