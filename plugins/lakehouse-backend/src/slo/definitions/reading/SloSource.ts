import type { SloBelonging } from '../SloBookUpdate';

/** Where to read a file of definitions. */
export type SloPlace =
  | { readonly type: 'url'; readonly url: string }
  | {
      readonly type: 'file';
      readonly path: string;
      /** Folder that it must not be outside of. */
      readonly below?: string;
    }
  /** It is clear beforehand that it can't be read. */
  | { readonly type: 'none'; readonly problem: string };

/** A file that is named somewhere. */
export interface SloSource {
  /** As people know it. */
  readonly location: string;
  readonly place: SloPlace;
  /** Prometheus connection of what names none in it. */
  readonly connection?: string;
}

/** Files that may refer to each other's objects. */
export interface SloSourceSet {
  /** Ref of the entity that names them; undefined for the config. */
  readonly namedBy?: string;
  /** Whom their SLOs belong to, unless they say otherwise. */
  readonly belonging: SloBelonging;
  readonly sources: readonly SloSource[];
}
