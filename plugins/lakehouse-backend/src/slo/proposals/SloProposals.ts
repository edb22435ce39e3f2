import type { Entity } from '@backstage/catalog-model';
import {
  getEntityScope,
  SLO_ANNOTATION,
  type EntityScope,
  type SloProposal,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { SloBook, StoredSlo } from '../definitions/SloBook';
import { openSloYaml } from './openSloYaml';
import { pullRequestUrl } from './pullRequestUrl';
import type { Suggestion } from './Suggestion';
import { suggestForQueries } from './suggestForQueries';
import { suggestFreshness } from './suggestFreshness';
import { suggestHitRatio } from './suggestHitRatio';

const FILE = 'slo.yaml';
const WINDOW_DAYS = 28;
/** Clusters on which the queries of a component are looked for. */
const CLUSTERS_MAX = 10;

interface Options {
  readonly store: Pick<
    ObservationStore,
    'queryStats' | 'queryPage' | 'table' | 'caches'
  >;
  readonly book: Pick<SloBook, 'list'>;
  /** Ids of connections to Trino. */
  readonly clusters: () => readonly string[];
  readonly now: () => number;
}

/** SLOs that the last weeks' data suggest for an entity, as files to commit. */
export class SloProposals {
  readonly #options: Options;

  static create(
    options: Omit<Options, 'now'> & { now?: () => number },
  ): SloProposals {
    return new SloProposals({ ...options, now: options.now ?? Date.now });
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** @param sight - `connections`: those of which the caller may see SLOs */
  async ofEntity(
    entity: Entity,
    sight: { connections: readonly string[] },
  ): Promise<SloProposal[]> {
    const suggestions = await this.#suggest(
      getEntityScope(entity),
      new Set(sight.connections),
    );
    const own = await this.#slosOf(entity);
    return suggestions
      .filter(suggestion => !own.some(slo => covers(slo, suggestion)))
      .map(suggestion => proposalOf(suggestion, entity));
  }

  async #suggest(
    scope: EntityScope,
    allowed: ReadonlySet<string>,
  ): Promise<Suggestion[]> {
    const { store, clusters, now } = this.#options;
    const nowMs = now();
    const { cluster, table, cache, querySelector } = scope;
    const suggestions: Suggestion[] = [];
    // Of a cluster that it names an entity's queries are those of its selector, as in its tab.
    const named = cluster === undefined ? clusters() : [cluster];
    const asked = cluster !== undefined || querySelector ? named : [];
    for (const connection of asked
      .filter(id => allowed.has(id))
      .slice(0, CLUSTERS_MAX)) {
      suggestions.push(
        ...(await suggestForQueries({
          store,
          connection,
          where: querySelector ?? {},
          nowMs,
        })),
      );
    }
    if (table && allowed.has(table.connection)) {
      suggestions.push(
        ...(await suggestFreshness({ store, ref: table, nowMs })),
      );
    }
    if (cache && allowed.has(cache.connection)) {
      suggestions.push(
        ...(await suggestHitRatio({ store, ref: cache, nowMs })),
      );
    }
    return suggestions;
  }

  async #slosOf(entity: Entity): Promise<StoredSlo[]> {
    const ref = entityRefOf(entity);
    const all = await this.#options.book.list();
    return all.filter(({ entityRef }) => entityRef === ref);
  }
}

/** Whether an SLO promises something of the same kind already. */
function covers({ definition }: StoredSlo, { slo }: Suggestion): boolean {
  return definition.objectives.some(
    ({ sli: { source } }) =>
      source.type === 'lakehouse' &&
      source.indicator === slo.source.indicator &&
      source.connection === slo.source.connection,
  );
}

function proposalOf(suggestion: Suggestion, entity: Entity): SloProposal {
  const { slo, reason, threshold, attained, basedOnDays } = suggestion;
  const annotations = entity.metadata.annotations ?? {};
  const yaml = openSloYaml({
    ...slo,
    service: entity.metadata.name,
    windowDays: WINDOW_DAYS,
  });
  const known = annotations[SLO_ANNOTATION];
  return {
    title: slo.displayName,
    reason,
    target: slo.target,
    threshold,
    attained,
    basedOnDays,
    yaml,
    path: known ?? FILE,
    annotation: known === undefined ? `${SLO_ANNOTATION}: ${FILE}` : undefined,
    // A file that is there is added to, which no form can do.
    pullRequestUrl:
      known === undefined
        ? pullRequestUrl(annotations['backstage.io/managed-by-location'], {
            name: FILE,
            text: yaml,
          })
        : undefined,
  };
}

function entityRefOf({ kind, metadata }: Entity): string {
  const { namespace = 'default', name } = metadata;
  return `${kind}:${namespace}/${name}`.toLowerCase();
}
