import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { RunbookProblem } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookBook, RunbookVersion } from '../engine/ports';
import type { EntityRunbookSources } from './EntityRunbookSources';
import { mapWithLimit } from './mapWithLimit';
import type { RunbookFileParser } from './RunbookFileParser';
import { isUrl, type RunbookSource } from './RunbookSource';
import type { RunbookText, RunbookTextReader } from './RunbookTextReader';
import type { RunbookVersions } from './RunbookVersions';

const MAX_FILES = 500;
const MAX_PROBLEMS = 500;
const CONCURRENT_READS = 8;
const REFRESH_TIMEOUT = { minutes: 15 };

/** {@link RunbookBook} of files that are read again and again. */
export class DefaultRunbookBook implements RunbookBook {
  readonly #sources: readonly RunbookSource[];
  readonly #entities: Pick<EntityRunbookSources, 'list'>;
  readonly #reader: RunbookTextReader;
  readonly #parser: RunbookFileParser;
  readonly #versions: RunbookVersions;
  readonly #logger: LoggerService;
  #named: readonly RunbookSource[] = [];
  #bySource: ReadonlyMap<string, RunbookVersion> = new Map();
  #byName: ReadonlyMap<string, RunbookVersion> = new Map();
  #problems: readonly RunbookProblem[] = [];
  #refreshing: Promise<void> | undefined;

  /** @param options - of two files with one name that which `sources` names first counts */
  constructor(options: {
    sources: readonly RunbookSource[];
    entities: Pick<EntityRunbookSources, 'list'>;
    reader: RunbookTextReader;
    parser: RunbookFileParser;
    versions: RunbookVersions;
    logger: LoggerService;
  }) {
    this.#sources = options.sources;
    this.#entities = options.entities;
    this.#reader = options.reader;
    this.#parser = options.parser;
    this.#versions = options.versions;
    this.#logger = options.logger;
  }

  list(): readonly RunbookVersion[] {
    return [...this.#byName.values()];
  }

  find(name: string): RunbookVersion | undefined {
    return this.#byName.get(name);
  }

  async getVersion(hash: string): Promise<RunbookVersion | undefined> {
    const current = this.list().find(version => version.hash === hash);
    return current ?? this.#versions.get(hash);
  }

  problems(): readonly RunbookProblem[] {
    return this.#problems;
  }

  /**
   * Reads what modules bring, which is at hand, and has all files read again
   * and again from then on.
   */
  async start(scheduler: SchedulerService, everyMs: number): Promise<void> {
    const atHand = this.#sources.filter(({ place }) => place.type === 'text');
    await this.#take(atHand, []);
    await scheduler.scheduleTask({
      id: 'runbooks-read-files',
      // Each process has to know them.
      scope: 'local',
      frequency: { milliseconds: everyMs },
      timeout: REFRESH_TIMEOUT,
      fn: async () => this.refresh(),
    });
  }

  /**
   * Reads all files anew. One that can't be read or used keeps its last good
   * version, and keeps no other from being used.
   */
  async refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  async #refresh(): Promise<void> {
    const problems: RunbookProblem[] = [];
    await this.#take(await this.#allSources(problems), problems);
  }

  async #take(
    sources: readonly RunbookSource[],
    problems: RunbookProblem[],
  ): Promise<void> {
    const texts = (
      await mapWithLimit(sources, CONCURRENT_READS, source =>
        this.#reader.read(source),
      )
    ).flat();
    const bySource = new Map<string, RunbookVersion>();
    const byName = new Map<string, RunbookVersion>();
    for (const text of texts.slice(0, MAX_FILES)) {
      if (bySource.has(text.location)) continue;
      // So that requests are answered in between.
      await nextTurn();
      const version = await this.#versionOf(text, problems);
      if (!version) continue;
      bySource.set(text.location, version);
      const taken = byName.get(version.definition.name);
      if (taken) problems.push(sameName(version, taken));
      else byName.set(version.definition.name, version);
    }
    if (texts.length > MAX_FILES) problems.push(tooMany(texts));
    this.#bySource = bySource;
    this.#byName = new Map([...byName].sort(([a], [b]) => (a < b ? -1 : 1)));
    this.#problems = bounded(problems);
    this.#forget(sources, texts);
  }

  /** Each once; when the catalog does not answer, entities keep naming what they named. */
  async #allSources(problems: RunbookProblem[]): Promise<RunbookSource[]> {
    try {
      this.#named = await this.#entities.list();
    } catch (error) {
      const { message } = toError(error);
      this.#logger.warn(
        `The catalog did not tell which entities name runbook files, so those known before are used: ${message}`,
      );
    }
    const sources = new Map<string, RunbookSource>();
    for (const source of [...this.#sources, ...this.#named]) {
      if (!sources.has(source.location)) sources.set(source.location, source);
    }
    const all = [...sources.values()];
    if (all.length > MAX_FILES) {
      problems.push(tooMany(all));
    }
    return all.slice(0, MAX_FILES);
  }

  async #versionOf(
    text: RunbookText,
    problems: RunbookProblem[],
  ): Promise<RunbookVersion | undefined> {
    const { location: source } = text;
    if (text.text === undefined) {
      const stays = text.gone ? undefined : await this.#lastGood(source);
      const { problem } = text;
      problems.push(errorOf(source, problem, stays));
      return stays;
    }
    const { good, problems: found } = this.#parser.parse(text.text, source);
    problems.push(...found);
    if (!good) {
      const stays = await this.#lastGood(source);
      if (stays) {
        problems.push(
          errorOf(source, "The file can't be used as it is.", stays),
        );
      }
      return stays;
    }
    const version = { ...good, source };
    await this.#keep(version);
    return version;
  }

  async #keep(version: RunbookVersion): Promise<void> {
    if (this.#bySource.get(version.source)?.hash === version.hash) return;
    await this.#versions.keep(version);
    this.#logger.info(
      `Runbook ${version.definition.name} is now as ${
        version.source
      } says (version ${version.hash.slice(0, 12)})`,
    );
  }

  async #lastGood(source: string): Promise<RunbookVersion | undefined> {
    return this.#bySource.get(source) ?? this.#versions.lastGood(source);
  }

  #forget(
    sources: readonly RunbookSource[],
    texts: readonly RunbookText[],
  ): void {
    this.#parser.forgetOthers(new Set(texts.map(({ location }) => location)));
    this.#reader.forgetOthers(
      new Set(
        sources.flatMap(({ place }) =>
          place.type === 'url' && isUrl(place.url) ? [place.url] : [],
        ),
      ),
    );
  }
}

function errorOf(
  source: string,
  message: string,
  stays?: RunbookVersion,
): RunbookProblem {
  const still = stays
    ? ` Until then its last good version is used (${stays.hash.slice(0, 12)}).`
    : '';
  return {
    severity: 'error',
    field: '',
    source,
    message: `${message}${still}`,
  };
}

function sameName(
  version: RunbookVersion,
  taken: RunbookVersion,
): RunbookProblem {
  return {
    severity: 'error',
    field: 'metadata.name',
    source: version.source,
    message: `Both ${taken.source} and ${version.source} are called '${version.definition.name}'. The first one is used. Give one of them another name.`,
  };
}

function tooMany(all: readonly { location: string }[]): RunbookProblem {
  return {
    severity: 'error',
    field: '',
    source: all[MAX_FILES].location,
    message: `There are ${all.length} runbook files, and the first ${MAX_FILES} are read. This one and those after it are not. Remove some.`,
  };
}

/** Errors first, so that warnings do not push them out. */
function bounded(problems: readonly RunbookProblem[]): RunbookProblem[] {
  const rank = ({ severity }: RunbookProblem) => (severity === 'error' ? 0 : 1);
  return [...problems].sort((a, b) => rank(a) - rank(b)).slice(0, MAX_PROBLEMS);
}
