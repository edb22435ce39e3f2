import type {
  SloDefinition,
  SloFileStatus,
  SloVersion,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** An SLO as it stands now, and how it stood before. */
export interface StoredSlo {
  /** `<kind>.<namespace>.<entity name>.<slo name>`, or `config.<slo name>`; lower case, fit for a URL. */
  readonly id: string;
  readonly definition: SloDefinition;
  readonly version: number;
  /** ISO time from which on this version counts. */
  readonly since: string;
  /** Where its file is, as {@link SloFileStatus.location}. */
  readonly location: string;
  readonly entityRef?: string;
  readonly owner?: string;
  readonly onCall?: string;
  readonly system?: string;
  readonly editUrl?: string;
}

/** All definitions that stand. */
export interface SloBook {
  /** Held in memory; read anew when another replica has changed them. */
  list(): Promise<readonly StoredSlo[]>;
  get(id: string): Promise<StoredSlo | undefined>;
  /** Newest first, at most 50. */
  versions(id: string): Promise<SloVersion[]>;
  /** As `versions`, of many SLOs in one round; an entry for each id that is known. */
  versionsOf(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, SloVersion[]>>;
  /** All, or only those that an entity names and those at some locations. */
  files(only?: {
    entityRef?: string;
    locations: readonly string[];
  }): Promise<SloFileStatus[]>;
}

/** What a look at all files changed. */
export interface SloBookChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}
