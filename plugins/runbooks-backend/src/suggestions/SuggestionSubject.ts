import type { Entity } from '@backstage/catalog-model';
import type { SuggestionContext } from '@lakehouse-ops/plugin-runbooks-common';

/** What runbooks are looked for, with the entities that it is about. */
export interface SuggestionSubject extends SuggestionContext {
  /** Absent when none was named, or the caller may not see it. */
  readonly entity?: Entity;
  /** What the entity says that it depends on. */
  readonly dependencies: readonly Entity[];
}
