import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { type Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import type { TargetFacts, TargetFactsReader } from './TargetFacts';
import type { TargetConfig } from './readTargetConfig';

const TIME_TO_LIVE_MS = 30_000;
const PAGE = 500;
const MAX_ENTITIES = 20_000;

interface Claim {
  readonly connection: string;
  /** What of the connection; all of it when absent. */
  readonly name?: string;
  readonly owners: readonly string[];
  readonly environment?: string;
}

/** By connection. */
type Claims = ReadonlyMap<string, readonly Claim[]>;

/**
 * Reads from the catalog who owns what runs act on. An entity whose annotation
 * is `<connection>/<name>` stands for that; a Resource whose annotation is
 * `<connection>` alone stands for the whole of it. What a caller says of a
 * target is never asked.
 */
export class CatalogTargetFacts implements TargetFactsReader {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #config: TargetConfig;
  #claims: { read: Promise<Claims>; expiresAtMs: number } | undefined;

  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    config: TargetConfig;
  }): CatalogTargetFacts {
    return new CatalogTargetFacts(options);
  }

  private constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    config: TargetConfig;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#config = options.config;
  }

  async factsOf(target: RunTarget): Promise<TargetFacts> {
    const known = (await this.#readClaims()).get(target.connection) ?? [];
    const claims = known.filter(claim => isOf(claim, target));
    return {
      owners: [...new Set(claims.flatMap(claim => claim.owners))].sort(),
      environment:
        this.#config.environments.get(target.connection) ??
        claims.find(claim => claim.environment)?.environment,
    };
  }

  /** Who owns what, as it was within the last half minute; nobody while the catalog can't be asked. */
  async #readClaims(): Promise<Claims> {
    const now = Date.now();
    if (!this.#claims || this.#claims.expiresAtMs <= now) {
      this.#claims = {
        expiresAtMs: now + TIME_TO_LIVE_MS,
        read: this.#ask().catch(error => {
          this.#claims = undefined;
          this.#logger.warn(
            `Who owns what could not be read from the catalog, so nobody counts as an owner now: ${
              toError(error).message
            }`,
          );
          return new Map();
        }),
      };
    }
    return this.#claims.read;
  }

  async #ask(): Promise<Claims> {
    const { annotations } = this.#config;
    const claims = new Map<string, Claim[]>();
    if (annotations.length === 0) return claims;
    const credentials = await this.#auth.getOwnServiceCredentials();
    let offset = 0;
    while (offset < MAX_ENTITIES) {
      const { items } = await this.#catalog.getEntities(
        {
          filter: annotations.map(annotation => ({
            [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
          })),
          fields: ['kind', 'metadata', 'relations'],
          offset,
          limit: PAGE,
        },
        { credentials },
      );
      for (const claim of items.flatMap(entity => this.#claimsOf(entity))) {
        const others = claims.get(claim.connection);
        if (others) others.push(claim);
        else claims.set(claim.connection, [claim]);
      }
      if (items.length < PAGE) break;
      offset += PAGE;
    }
    return claims;
  }

  #claimsOf(entity: Entity): Claim[] {
    const { annotations = {}, labels = {} } = entity.metadata;
    const key = this.#config.environmentKey;
    const environment = labels[key] ?? annotations[key];
    const owners = (entity.relations ?? [])
      .filter(relation => relation.type === RELATION_OWNED_BY)
      .map(relation => relation.targetRef.toLocaleLowerCase('en-US'));
    return this.#config.annotations.flatMap((annotation): Claim[] => {
      const value = annotations[annotation];
      if (!value) return [];
      const slash = value.indexOf('/');
      if (slash > 0) {
        return [
          {
            connection: value.slice(0, slash),
            name: value.slice(slash + 1),
            owners,
            environment,
          },
        ];
      }
      // A service that names a connection uses it; only a Resource is it.
      return entity.kind.toLocaleLowerCase('en-US') === 'resource'
        ? [{ connection: value, owners, environment }]
        : [];
    });
  }
}

/** Names are whole, or followed by what parts them from the rest: `personal-api:*` is of `personal-api`. */
function isOf(claim: Claim, target: RunTarget): boolean {
  if (claim.name === undefined || claim.name === target.name) return true;
  return target.name.startsWith(`${claim.name}:`);
}
