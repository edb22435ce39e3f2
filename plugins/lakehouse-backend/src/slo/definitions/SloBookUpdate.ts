import type {
  SloDefinition,
  SloProblem,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloFileFormat } from './SloFile';

/** Which file: the same one may be named by several entities. */
export interface SloFileKey {
  /** Ref of the entity that names it; undefined for the config. */
  readonly namedBy?: string;
  readonly location: string;
}

/** To whom an SLO belongs. All are entity refs. */
export interface SloBelonging {
  readonly entityRef?: string;
  readonly owner?: string;
  readonly onCall?: string;
  readonly system?: string;
}

/** An SLO of a file. */
export interface SloEntry extends SloBelonging {
  /** As {@link StoredSlo.id}. */
  readonly id: string;
  readonly definition: SloDefinition;
}

/** What a look at a file told. */
export interface SloFileUpdate extends SloFileKey {
  readonly format?: SloFileFormat;
  readonly editUrl?: string;
  readonly problems: readonly SloProblem[];
  /** Absent when it can't be used: the last good version stays. */
  readonly good?: {
    readonly content: string;
    readonly slos: readonly SloEntry[];
  };
  /** Whom what stands belongs to now, by SLO id, where that is known. */
  readonly belongings?: ReadonlyMap<string, SloBelonging>;
}
