import type {
  AuthService,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSloBook, KnownSloFile } from './DatabaseSloBook';
import { fileKey } from './planBookChanges';
import { EntitySloSources } from './reading/EntitySloSources';
import { placeOfTarget } from './reading/placeOf';
import { setKey, SloSetReader, type ReadSet } from './reading/SloSetReader';
import type { SloSource, SloSourceSet } from './reading/SloSource';
import { SloTextReader } from './reading/SloTextReader';
import type { SloDefinitionsConfig } from './readSloDefinitionsConfig';
import type { SloBookChanges, StoredSlo } from './SloBook';
import type {
  SloBelonging,
  SloEntry,
  SloFileKey,
  SloFileUpdate,
} from './SloBookUpdate';
import { isUsable, ParsedSloFile, SloParseContext } from './SloFile';
import { sloIdOf } from './sloIdOf';
import { SloSetParser } from './SloSetParser';
import { tellOfTaken } from './tellOfTaken';

/**
 * How long an entity must be gone before its SLOs end. A catalog that has just
 * started knows few entities, and alerts should not resolve for that.
 */
const GONE_FOR_MS = 2 * 60_000;

/** Reads the files of definitions again and again, and writes what they say into the book. */
export class SloDefinitionLoader {
  readonly #book: DatabaseSloBook;
  readonly #entities: EntitySloSources;
  readonly #reader: SloSetReader;
  readonly #parser: SloSetParser;
  readonly #config: SloDefinitionsConfig;
  readonly #context: SloParseContext;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  #running: Promise<SloBookChanges> | undefined;

  static create(options: {
    book: DatabaseSloBook;
    catalog: CatalogService;
    auth: AuthService;
    urlReader: UrlReaderService;
    config: SloDefinitionsConfig;
    /** The connections of the config. */
    connections: Pick<SloParseContext, 'knows' | 'connections'>;
    logger: LoggerService;
    /** Epoch ms. */
    now?: () => number;
  }): SloDefinitionLoader {
    return new SloDefinitionLoader(options);
  }

  private constructor(
    options: Parameters<typeof SloDefinitionLoader.create>[0],
  ) {
    const { config, connections } = options;
    this.#book = options.book;
    this.#entities = EntitySloSources.create(options);
    this.#now = options.now ?? Date.now;
    this.#reader = SloSetReader.create({
      texts: SloTextReader.create(options),
      now: this.#now,
    });
    this.#config = config;
    this.#context = {
      ...connections,
      notificationTargets: config.notificationTargets,
      retentionDays: config.retentionDays,
    };
    this.#parser = SloSetParser.create({ context: this.#context });
    this.#logger = options.logger;
  }

  /** What a text would be checked against as a file of an entity. */
  get context(): SloParseContext {
    return this.#context;
  }

  /**
   * Looks at all files. One that can't be read or used keeps its last good
   * version and keeps no other from being used; without the catalog nothing of
   * an entity ends.
   *
   * @throws ServiceUnavailableError when the database does not answer
   */
  async refresh(): Promise<SloBookChanges> {
    this.#running ??= this.#refresh().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #refresh(): Promise<SloBookChanges> {
    const [known, standing, named] = await Promise.all([
      this.#book.knownFiles(),
      this.#book.list(),
      this.#namedByEntities(),
    ]);
    const sets = [...this.#namedByConfig(), ...(named ?? [])];
    const read = await this.#reader.read(sets);
    const files = new Map(known.map(file => [fileKey(file), file]));
    const updates = await this.#updatesOf(read, {
      known: files,
      standing: new Map(standing.map(slo => [slo.id, slo])),
    });
    const { missing, ended } = this.#unnamed(known, { sets, named });
    const changes = await this.#book.apply({ updates, missing, ended });
    this.#tell(changes, updates);
    return changes;
  }

  /** Undefined when the catalog does not tell. */
  async #namedByEntities(): Promise<SloSourceSet[] | undefined> {
    try {
      return await this.#entities.list();
    } catch (error) {
      this.#logger.warn(
        `The catalog did not tell which entities name SLO files (${
          toError(error).message
        }). Their SLOs stay as they are; it is asked again soon.`,
      );
      return undefined;
    }
  }

  /** Locations of the same entity are one set, and so are those of none. */
  #namedByConfig(): SloSourceSet[] {
    const sets = new Map<string | undefined, SloSource[]>();
    for (const { target, entity, connection } of this.#config.locations) {
      const sources = sets.get(entity) ?? [];
      sets.set(entity, sources);
      if (sources.some(({ location }) => location === target)) continue;
      const place = placeOfTarget(target);
      sources.push({ location: target, place, connection });
    }
    return [...sets].map(([entityRef, sources]) => ({
      belonging: { entityRef },
      sources,
    }));
  }

  async #updatesOf(
    sets: readonly ReadSet[],
    options: {
      known: ReadonlyMap<string, KnownSloFile>;
      standing: ReadonlyMap<string, StoredSlo>;
    },
  ): Promise<SloFileUpdate[]> {
    const { known, standing } = options;
    const parsed: Array<{ set: ReadSet; files: ParsedSloFile[] }> = [];
    for (const set of sets) {
      // So that requests are answered in between.
      await nextTurn();
      parsed.push({ set, files: this.#parser.parse(set, known) });
    }
    this.#parser.forgetOthers(
      new Set([...sets.map(setKey), ...this.#reader.unread]),
    );
    const belongings = await this.#belongingsOf(parsed);
    const taken = new Map<string, string>();
    return parsed.flatMap(({ set, files }) =>
      files.map((file, index) => {
        const { source, text } = set.files[index];
        const belongingTo = (entityRef?: string): SloBelonging =>
          entityRef === set.belonging.entityRef && set.namedBy
            ? set.belonging
            : belongings.get(entityRef ?? '') ?? { entityRef };
        const slos = file.slos.map(({ definition, entityRef }): SloEntry => {
          const of = entityRef ?? set.belonging.entityRef;
          const id = sloIdOf(definition.name, of);
          const told = belongingTo(of);
          const before = standing.get(id);
          // While the catalog does not tell, what it told before counts.
          const belonging =
            told.owner === undefined && before && !set.namedBy && of
              ? keptBelonging(before, belongings.has(of) ? told : undefined)
              : told;
          return { id, definition, ...belonging };
        });
        const problems = [
          ...file.problems,
          ...tellOfTaken(slos, { taken, location: file.location }),
        ];
        const usable = isUsable({ problems }) && text.text !== undefined;
        const key = { namedBy: set.namedBy, location: file.location };
        const stays = known.get(fileKey(key))?.slos ?? [];
        return {
          ...key,
          format: file.format,
          editUrl: source.place.type === 'url' ? source.place.url : undefined,
          problems,
          ...(usable && { good: { content: text.text ?? '', slos } }),
          ...(!usable &&
            set.namedBy && {
              belongings: new Map(stays.map(id => [id, set.belonging])),
            }),
        };
      }),
    );
  }

  /** Of entities that files of the config name. */
  async #belongingsOf(
    parsed: ReadonlyArray<{ set: ReadSet; files: readonly ParsedSloFile[] }>,
  ): Promise<ReadonlyMap<string, SloBelonging>> {
    const refs = new Set<string>();
    for (const { set, files } of parsed) {
      if (set.namedBy) continue;
      for (const { entityRef = set.belonging.entityRef } of files.flatMap(
        file => file.slos,
      )) {
        if (entityRef !== undefined) refs.add(entityRef);
      }
    }
    try {
      return await this.#entities.belongings(refs);
    } catch (error) {
      this.#logger.warn(
        `The catalog did not tell who owns the entities of SLOs in the config (${
          toError(error).message
        }). Their owners stay as they are; it is asked again soon.`,
      );
      return new Map();
    }
  }

  /** Files of the book that nothing names any more. */
  #unnamed(
    known: readonly KnownSloFile[],
    options: {
      sets: readonly SloSourceSet[];
      named: readonly SloSourceSet[] | undefined;
    },
  ): { missing: SloFileKey[]; ended: SloFileKey[] } {
    const { sets, named } = options;
    const keys = new Set(
      sets.flatMap(set =>
        set.sources.map(({ location }) =>
          fileKey({ namedBy: set.namedBy, location }),
        ),
      ),
    );
    const entities = named && new Set(named.map(({ namedBy }) => namedBy));
    const missing: SloFileKey[] = [];
    const ended: SloFileKey[] = [];
    for (const file of known) {
      if (keys.has(fileKey(file))) continue;
      const goneMs = this.#now() - (file.missingSinceMs ?? this.#now());
      if (!file.namedBy) ended.push(file);
      else if (!entities) continue;
      else if (entities.has(file.namedBy) || goneMs >= GONE_FOR_MS) {
        ended.push(file);
      } else missing.push(file);
    }
    return { missing, ended };
  }

  #tell(changes: SloBookChanges, updates: readonly SloFileUpdate[]) {
    const { added, changed, removed } = changes;
    if (added.length + changed.length + removed.length) {
      this.#logger.info(
        `SLO definitions: ${added.length} added, ${changed.length} changed, ${removed.length} ended`,
      );
    }
    const broken = updates.filter(update => !update.good);
    if (broken.length) {
      this.#logger.debug(
        `SLO files that can't be used: ${broken
          .slice(0, 10)
          .map(({ location }) => location)
          .join(', ')}`,
      );
    }
  }
}

function keptBelonging(
  before: StoredSlo,
  told: SloBelonging | undefined,
): SloBelonging {
  const { entityRef, owner, onCall, system } = before;
  return told ?? { entityRef, owner, onCall, system };
}
