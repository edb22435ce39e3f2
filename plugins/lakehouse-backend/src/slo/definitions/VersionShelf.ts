import type { SloVersion } from '@lakehouse-ops/plugin-lakehouse-common';
import type { StoredSlo } from './SloBook';

/** Versions of all SLOs together that are kept: some 2 KB each. */
const KEPT_MAX = 5_000;

/**
 * Versions of SLOs that were read, for as long as the newest of them stands:
 * nothing of them changes until another follows.
 */
export class VersionShelf {
  readonly #kept = new Map<string, readonly SloVersion[]>();
  #size = 0;

  static create(): VersionShelf {
    return new VersionShelf();
  }

  private constructor() {}

  /** Newest first; undefined when they must be read. */
  get(
    slo: Pick<StoredSlo, 'id' | 'version' | 'since'>,
  ): readonly SloVersion[] | undefined {
    const kept = this.#kept.get(slo.id);
    if (!kept) return undefined;
    const [{ version, from }] = kept;
    return version === slo.version && from === slo.since ? kept : undefined;
  }

  put(id: string, versions: readonly SloVersion[]): void {
    this.#take(id);
    if (!versions.length || versions[0].until !== undefined) return;
    this.#kept.set(id, versions);
    this.#size += versions.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= KEPT_MAX) break;
      this.#take(oldest);
    }
  }

  #take(id: string): void {
    this.#size -= this.#kept.get(id)?.length ?? 0;
    this.#kept.delete(id);
  }
}
