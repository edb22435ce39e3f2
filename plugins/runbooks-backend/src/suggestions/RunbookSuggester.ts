import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  RELATION_DEPENDS_ON,
} from '@backstage/catalog-model';
import { InputError, toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { JsonObject } from '@backstage/types';
import type {
  RunbookStatistics,
  RunbookSuggestion,
  RunbookSummary,
  SuggestionContext,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookBook, RunbookVersion } from '../engine/ports';
import { fillParameters } from './fillParameters';
import { type Fit, fitOf } from './fitOf';
import { NO_RUNS, type RunStatistics } from './RunStatistics';
import type { SuggestionSubject } from './SuggestionSubject';

const MAX_SUGGESTIONS = 20;
const MAX_DEPENDENCIES = 50;

/** Finds the runbooks that fit where somebody is. */
export class RunbookSuggester {
  readonly #book: Pick<RunbookBook, 'list'>;
  readonly #catalog: Pick<
    CatalogService,
    'getEntityByRef' | 'getEntitiesByRefs'
  >;
  readonly #statistics: Pick<RunStatistics, 'read'>;
  readonly #summaryOf: (version: RunbookVersion) => RunbookSummary;

  static create(options: {
    book: Pick<RunbookBook, 'list'>;
    catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntitiesByRefs'>;
    statistics: Pick<RunStatistics, 'read'>;
    summaryOf: (version: RunbookVersion) => RunbookSummary;
  }): RunbookSuggester {
    return new RunbookSuggester(options);
  }

  private constructor(options: {
    book: Pick<RunbookBook, 'list'>;
    catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntitiesByRefs'>;
    statistics: Pick<RunStatistics, 'read'>;
    summaryOf: (version: RunbookVersion) => RunbookSummary;
  }) {
    this.#book = options.book;
    this.#catalog = options.catalog;
    this.#statistics = options.statistics;
    this.#summaryOf = options.summaryOf;
  }

  /**
   * The best fitting runbooks, at most 20.
   *
   * @throws InputError when the entity's reference can't be read
   */
  async suggest(
    context: SuggestionContext,
    credentials: BackstageCredentials,
  ): Promise<RunbookSuggestion[]> {
    const subject = await this.#subjectOf(context, credentials);
    const fitting = this.#book.list().flatMap(version => {
      const fit = fitOf(version.definition, subject);
      return fit ? [{ version, fit }] : [];
    });
    if (fitting.length === 0) return [];
    const statistics = await this.#statistics.read();
    return fitting
      .map(({ version, fit }) => ({
        version,
        fit,
        figures: statistics.get(version.definition.name) ?? NO_RUNS,
      }))
      .sort(bestFirst)
      .slice(0, MAX_SUGGESTIONS)
      .map(({ version, fit, figures }) => ({
        runbook: this.#summaryOf(version),
        reason: fit.reason,
        parameters: fillParameters(
          version.definition.parameters,
          subject,
          fit.entity,
        ),
        statistics: figures,
      }));
  }

  /** What the context tells of a runbook's parameters. */
  async parametersFor(
    { definition }: RunbookVersion,
    context: SuggestionContext,
    credentials: BackstageCredentials,
  ): Promise<JsonObject> {
    const subject = await this.#subjectOf(context, credentials);
    const { entity } = fitOf(definition, subject) ?? {};
    return fillParameters(definition.parameters, subject, entity);
  }

  async #subjectOf(
    context: SuggestionContext,
    credentials: BackstageCredentials,
  ): Promise<SuggestionSubject> {
    const { entityRef } = context;
    if (entityRef === undefined) return { ...context, dependencies: [] };
    assertEntityRef(entityRef);
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) return { ...context, dependencies: [] };
    return {
      ...context,
      entity,
      dependencies: await this.#dependenciesOf(entity, credentials),
    };
  }

  async #dependenciesOf(
    { relations = [] }: Entity,
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    const entityRefs = relations
      .filter(({ type }) => type === RELATION_DEPENDS_ON)
      .map(({ targetRef }) => targetRef)
      .slice(0, MAX_DEPENDENCIES);
    if (entityRefs.length === 0) return [];
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs },
      { credentials },
    );
    return items.filter(item => item !== undefined);
  }
}

interface Ranked {
  readonly version: RunbookVersion;
  readonly fit: Fit;
  readonly figures: RunbookStatistics;
}

function bestFirst(a: Ranked, b: Ranked): number {
  return (
    b.fit.weight - a.fit.weight ||
    helpedShare(b.figures) - helpedShare(a.figures) ||
    b.figures.helped - a.figures.helped ||
    a.version.definition.title.localeCompare(b.version.definition.title)
  );
}

function helpedShare({ runs, helped }: RunbookStatistics): number {
  return runs === 0 ? 0 : helped / runs;
}

function assertEntityRef(ref: string): void {
  try {
    parseEntityRef(ref);
  } catch (error) {
    throw new InputError(`entityRef: ${toError(error).message}`);
  }
}
