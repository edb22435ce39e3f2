import type { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { RUNBOOKS_ANNOTATION } from '@lakehouse-ops/plugin-runbooks-common';
import { placeOfAnnotation } from './placeOfAnnotation';
import type { RunbookSource } from './RunbookSource';

const PAGE = 200;
const MAX_ENTITIES = 5_000;
const MAX_FILES_OF_ENTITY = 20;
const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
];

/** The runbook files that entities of the catalog name. */
export class EntityRunbookSources {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  /** @throws what the catalog throws when it does not answer */
  async list(): Promise<RunbookSource[]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const sources: RunbookSource[] = [];
    let seen = 0;
    let cursor: string | undefined;
    do {
      const page = await this.#catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE, fields: FIELDS }
          : {
              filter: {
                [`metadata.annotations.${RUNBOOKS_ANNOTATION}`]:
                  CATALOG_FILTER_EXISTS,
              },
              fields: FIELDS,
              limit: PAGE,
            },
        { credentials },
      );
      sources.push(...page.items.flatMap(sourcesOf));
      seen += page.items.length;
      cursor = page.items.length ? page.pageInfo.nextCursor : undefined;
    } while (cursor && seen < MAX_ENTITIES);
    return sources;
  }
}

function sourcesOf(entity: Entity): RunbookSource[] {
  const text = entity.metadata.annotations?.[RUNBOOKS_ANNOTATION] ?? '';
  const paths = [
    ...new Set(
      text
        .split(/[,\n]/)
        .map(path => path.trim())
        .filter(path => path !== ''),
    ),
  ];
  const ref = stringifyEntityRef(entity);
  const sources = paths
    .slice(0, MAX_FILES_OF_ENTITY)
    .map((path): RunbookSource => {
      const place = placeOfAnnotation(path, entity);
      return {
        location:
          place.type === 'url' ? place.url : `${path.slice(0, 200)} of ${ref}`,
        place,
      };
    });
  if (paths.length <= MAX_FILES_OF_ENTITY) return sources;
  return [
    ...sources,
    {
      location: ref,
      place: {
        type: 'none',
        problem: `The annotation ${RUNBOOKS_ANNOTATION} names ${paths.length} files, and ${MAX_FILES_OF_ENTITY} are read of an entity. Name the rest under runbooks.locations in the config.`,
      },
    },
  ];
}
