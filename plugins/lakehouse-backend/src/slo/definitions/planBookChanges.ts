import type { SloBelonging, SloEntry, SloFileUpdate } from './SloBookUpdate';
import type { StoredSlo } from './SloBook';
import { stableJson } from './stableJson';

/** An SLO of the book, and who names its file. */
export interface StandingSlo extends StoredSlo {
  readonly namedBy?: string;
}

/** What is to be written. */
export interface BookPlan {
  readonly added: readonly StandingSlo[];
  /** With a new definition: a new version begins. */
  readonly changed: readonly StandingSlo[];
  /** With the same definition; another file, owner, system … */
  readonly moved: readonly StandingSlo[];
  readonly removed: readonly string[];
}

/**
 * Compares what stands with what was read. Files that are not among the
 * updates, and those that can't be used, keep what stands.
 */
export function planBookChanges(options: {
  standing: ReadonlyMap<string, StandingSlo>;
  updates: readonly SloFileUpdate[];
  /** Keys, by {@link fileKey}, of files that nothing names any more. */
  ended: ReadonlySet<string>;
  /** Highest version that each SLO ever had. */
  lastVersion: (id: string) => number;
  at: string;
}): BookPlan {
  const { standing, updates, ended, lastVersion, at } = options;
  const next = new Map<string, StandingSlo>();
  const replaced = new Set(ended);
  for (const update of updates) {
    if (!update.good) continue;
    replaced.add(fileKey(update));
    for (const entry of update.good.slos) {
      if (next.has(entry.id)) continue;
      const before = standing.get(entry.id);
      next.set(
        entry.id,
        standingOf({ entry, update, before, lastVersion, at }),
      );
    }
  }
  const kept = new Map(updates.map(update => [fileKey(update), update]));
  for (const slo of standing.values()) {
    const key = fileKey(slo);
    if (next.has(slo.id) || replaced.has(key)) continue;
    const belonging = kept.get(key)?.belongings?.get(slo.id);
    next.set(slo.id, belonging ? { ...slo, ...whole(belonging) } : slo);
  }

  const added: StandingSlo[] = [];
  const changed: StandingSlo[] = [];
  const moved: StandingSlo[] = [];
  for (const slo of next.values()) {
    const before = standing.get(slo.id);
    if (!before) added.push(slo);
    else if (before.version !== slo.version) changed.push(slo);
    else if (stableJson(before) !== stableJson(slo)) moved.push(slo);
  }
  const removed = [...standing.keys()].filter(id => !next.has(id));
  return { added, changed, moved, removed };
}

/** Text that tells files of different entities apart. */
export function fileKey(file: { namedBy?: string; location: string }): string {
  return `${file.namedBy ?? ''}\n${file.location}`;
}

function standingOf(options: {
  entry: SloEntry;
  update: SloFileUpdate;
  before: StandingSlo | undefined;
  lastVersion: (id: string) => number;
  at: string;
}): StandingSlo {
  const { entry, update, before, lastVersion, at } = options;
  const same =
    before && stableJson(before.definition) === stableJson(entry.definition);
  return {
    id: entry.id,
    definition: entry.definition,
    version: same ? before.version : lastVersion(entry.id) + 1,
    since: same ? before.since : at,
    location: update.location,
    namedBy: update.namedBy,
    editUrl: update.editUrl,
    ...whole(entry),
  };
}

function whole(of: SloBelonging): SloBelonging {
  const { entityRef, owner, onCall, system } = of;
  return { entityRef, owner, onCall, system };
}
