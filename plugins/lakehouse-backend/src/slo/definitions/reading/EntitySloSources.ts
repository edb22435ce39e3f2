import type { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { SLO_ANNOTATION } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloBelonging } from '../SloBookUpdate';
import { belongingOf } from './belongingOf';
import { placeOfAnnotation } from './placeOf';
import type { SloSourceSet } from './SloSource';

const PAGE = 200;
const ENTITIES_MAX = 5_000;
const FILES_OF_ENTITY_MAX = 20;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'spec.owner',
  'spec.system',
  'relations',
];

/** Files of definitions that entities name. */
export class EntitySloSources {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
  }): EntitySloSources {
    return new EntitySloSources(options.catalog, options.auth);
  }

  private constructor(catalog: CatalogService, auth: AuthService) {
    this.#catalog = catalog;
    this.#auth = auth;
  }

  /** All of them. @throws whatever the catalog does not answer with */
  async list(): Promise<SloSourceSet[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const sets: SloSourceSet[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE, fields: FIELDS }
          : {
              filter: {
                [`metadata.annotations.${SLO_ANNOTATION}`]:
                  CATALOG_FILTER_EXISTS,
              },
              fields: FIELDS,
              limit: PAGE,
            },
        { credentials },
      );
      sets.push(...page.items.map(setOf));
      cursor = page.items.length ? page.pageInfo.nextCursor : undefined;
    } while (cursor && sets.length < ENTITIES_MAX);
    return sets;
  }

  /** Whom what belongs to these entities belongs to; those that are not there are left out. */
  async belongings(
    refs: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, SloBelonging>> {
    const found = new Map<string, SloBelonging>();
    const all = [...refs];
    if (!all.length) return found;
    const credentials = await this.#auth.getOwnServiceCredentials();
    for (let from = 0; from < all.length; from += PAGE) {
      const entityRefs = all.slice(from, from + PAGE);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs, fields: FIELDS },
        { credentials },
      );
      items.forEach((entity, index) => {
        if (entity) found.set(entityRefs[index], belongingOf(entity));
      });
    }
    return found;
  }
}

function setOf(entity: Entity): SloSourceSet {
  const belonging = belongingOf(entity);
  const text = entity.metadata.annotations?.[SLO_ANNOTATION] ?? '';
  const paths = [
    ...new Set(
      text
        .split(/[,\n]/)
        .map(path => path.trim())
        .filter(path => path !== ''),
    ),
  ];
  return {
    namedBy: belonging.entityRef,
    belonging,
    sources: paths.slice(0, FILES_OF_ENTITY_MAX).map(path => ({
      location: path,
      place:
        paths.length > FILES_OF_ENTITY_MAX
          ? {
              type: 'none',
              problem: `The annotation names ${paths.length} files, more than the ${FILES_OF_ENTITY_MAX} that are read of an entity. Put several SLOs in one file.`,
            }
          : placeOfAnnotation(path, entity),
    })),
  };
}
