import type { ComponentProps } from 'react';
import type {
  HealthStatus,
  LakehouseSystem,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SuggestionContext } from '../components/SuggestedRun';
import type { RunbookAction } from '../components/RunbookAction';
import type { LakehouseSubject } from '../links';
import type { UrlPatch } from '../url';

/** A runbook that would help. */
export type SuggestedRun = Pick<
  ComponentProps<typeof RunbookAction>,
  'runbookId' | 'target' | 'parameters' | 'label'
>;

/** Something that is not as it should be, in any system. */
export interface Concern {
  readonly id: string;
  readonly status: HealthStatus;
  readonly system: LakehouseSystem;
  readonly connection: string;
  /** What it is about, by name. */
  readonly name: string;
  /** What is the case, in one clause. */
  readonly text: string;
  /** Whose entity tells the owner; none where no entity can stand for it. */
  readonly subject?: LakehouseSubject;
  /** Entity ref of the owner, where it is known without an entity of the subject. */
  readonly owner?: string;
  /** Under the name, in place of system and connection. */
  readonly place?: string;
  /** ISO time since when. */
  readonly since?: string;
  readonly action?: SuggestedRun;
  /** Where no single action is sure to help: what the backend is asked to suggest runbooks for. */
  readonly suggestFor?: SuggestionContext;
  /** What of the `/lakehouse` page shows more: a part of it, and what is open there. */
  readonly show?: {
    readonly tab:
      | 'clusters'
      | 'tables'
      | 'caches'
      | 'dashboards'
      | 'workloads'
      | 'slos';
    readonly open: UrlPatch;
  };
}
