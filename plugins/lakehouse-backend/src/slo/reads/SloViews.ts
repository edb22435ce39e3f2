import {
  sloWindowAt,
  sloWindowMs,
  type EntitySlos,
  type SloAlert,
  type SloFileStatus,
  type SloList,
  type SloListRequest,
  type SloObjectiveView,
  type SloSilence,
  type SloSummary,
  type SloView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloAlertLog } from '../alerts/SloAlertLog';
import type { SloBook, StoredSlo } from '../definitions/SloBook';
import type { KeptEvaluation, SloStates } from '../evaluation/SloStates';
import type { SloRollups } from '../rollups/SloRollups';
import { connectionsOf } from '../routes/connectionsOf';
import { LatencySketches } from './LatencySketches';
import { readObjectiveViews } from './readObjectiveViews';
import { readSloStories, type SloStory } from './SloStory';
import { unevaluated } from './unevaluated';
import { worstSlosFirst } from './worstSlosFirst';

const ITEMS_MAX = 100;
const ALERTS_MAX = 50;
const ALERTS_READ_MAX = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** What an older evaluation counted may have been corrected since. */
const RECENT_MS = 5 * MINUTE_MS;
const NOTHING_KNOWN: ReadonlyMap<string, KeptEvaluation> = new Map();

/** An SLO with its newest evaluation. */
interface Shown extends KeptEvaluation {
  readonly slo: StoredSlo;
}

interface Options {
  readonly book: SloBook;
  readonly states: Pick<SloStates, 'list' | 'evaluations'>;
  readonly rollups: Pick<SloRollups, 'sums' | 'reach' | 'latencyBins'>;
  readonly alertLog: Pick<SloAlertLog, 'alerts' | 'silences' | 'corrections'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What the caller may see and manage. */
export interface SloSight {
  readonly connections: readonly string[];
  readonly manageable: readonly string[];
}

/** SLOs as lists, tabs and pages show them, put together in a handful of rounds of SQL however many there are. */
export class SloViews {
  readonly #options: Options;
  readonly #sketches: LatencySketches;

  static create(
    options: Omit<Options, 'now'> & { now?: () => number },
  ): SloViews {
    return new SloViews({ ...options, now: options.now ?? Date.now });
  }

  private constructor(options: Options) {
    this.#options = options;
    this.#sketches = LatencySketches.create(options);
  }

  async list(
    request: SloListRequest & { connections: readonly string[] },
  ): Promise<SloList> {
    const { book, states } = this.#options;
    const [page, files, slos] = await Promise.all([
      states.list(request),
      book.files(),
      book.list(),
    ]);
    const visible = isVisibleTo(request.connections);
    const problems = filesSeen(files, slos, visible).filter(
      file => file.problems.length > 0,
    );
    return { ...page, problems };
  }

  async ofEntity(entityRef: string, sight: SloSight): Promise<EntitySlos> {
    const { book, states } = this.#options;
    const all = (await book.list()).filter(slo => slo.entityRef === entityRef);
    const visible = isVisibleTo(sight.connections);
    const seen = all.filter(visible);
    const [known, files] = await Promise.all([
      seen.length
        ? states.evaluations(seen.map(({ id }) => id))
        : NOTHING_KNOWN,
      book.files({ entityRef, locations: all.map(({ location }) => location) }),
    ]);
    const shown = seen
      .map(slo => shownOf(slo, known))
      .sort((a, b) => worstSlosFirst(a.summary, b.summary))
      .slice(0, ITEMS_MAX);
    const manageable = new Set(sight.manageable);
    return {
      items: await this.#views(shown, files, slo =>
        connectionsOf(slo).every(connection => manageable.has(connection)),
      ),
      files: filesSeen(files, all, visible).filter(
        file => file.entityRef === entityRef,
      ),
      hidden: all.length - seen.length,
    };
  }

  async one(slo: StoredSlo, options: { mayManage: boolean }): Promise<SloView> {
    const { book, states } = this.#options;
    const [known, files] = await Promise.all([
      states.evaluations([slo.id]),
      book.files({ locations: [slo.location] }),
    ]);
    const [view] = await this.#views(
      [shownOf(slo, known)],
      files,
      () => options.mayManage,
    );
    return view;
  }

  async #views(
    shown: readonly Shown[],
    files: readonly SloFileStatus[],
    mayManage: (slo: StoredSlo) => boolean,
  ): Promise<SloView[]> {
    if (!shown.length) return [];
    const { rollups, alertLog, now } = this.#options;
    const nowMs = now();
    const slos = shown.map(({ slo }) => slo);
    const ids = slos.map(({ id }) => id);
    const longestMs = Math.max(
      ...slos.map(({ definition }) => sloWindowMs(definition.window)),
    );
    const range = { fromMs: nowMs - longestMs - DAY_MS, toMs: nowMs };
    const [stories, alerts, silences] = await Promise.all([
      // Corrections of times to come are told too.
      readSloStories(this.#options, slos, {
        ...range,
        toMs: nowMs + longestMs,
      }),
      alertLog.alerts(ids, {
        from: new Date(range.fromMs).toISOString(),
        to: new Date(range.toMs).toISOString(),
        limit: ALERTS_READ_MAX,
      }),
      alertLog.silences(ids),
    ]);
    // As of the evaluation, so that objectives and summary tell the same.
    const asked = shown.map(({ summary, counts }, index) => {
      const evaluatedMs = Date.parse(summary.evaluatedAt ?? '');
      const isRecent = nowMs - evaluatedMs <= RECENT_MS;
      return {
        story: stories[index],
        atMs: minuteOf(Number.isNaN(evaluatedMs) ? nowMs : evaluatedMs),
        counts: isRecent ? counts : undefined,
      };
    });
    const objectives = await readObjectiveViews(
      { rollups, sketches: this.#sketches },
      asked,
    );
    return asked.map(({ story, atMs }, index) =>
      viewOf({
        story,
        atMs,
        summary: shown[index].summary,
        objectives: objectives.get(story.slo.id) ?? [],
        file: fileOf(story.slo, files, ids),
        alerts: alerts.get(story.slo.id) ?? [],
        silences: silences.get(story.slo.id) ?? [],
        mayManage: mayManage(story.slo),
      }),
    );
  }
}

function shownOf(
  slo: StoredSlo,
  known: ReadonlyMap<string, KeptEvaluation>,
): Shown {
  return { slo, ...(known.get(slo.id) ?? { summary: unevaluated(slo) }) };
}

function viewOf(options: {
  story: SloStory;
  atMs: number;
  summary: SloSummary;
  objectives: readonly SloObjectiveView[];
  file: SloFileStatus;
  alerts: readonly SloAlert[];
  silences: readonly SloSilence[];
  mayManage: boolean;
}): SloView {
  const { story, atMs, summary, silences, alerts, ...rest } = options;
  const { slo, versions, corrections } = story;
  const window = sloWindowAt(slo.definition.window, atMs);
  const [silencedUntil] = silences
    .map(({ until }) => until)
    .toSorted()
    .toReversed();
  return {
    ...summary,
    // Silences count at once, evaluations follow.
    silencedUntil,
    definition: slo.definition,
    objectives: rest.objectives,
    file: rest.file,
    editUrl: slo.editUrl,
    versions,
    alerts: alerts.slice(0, ALERTS_MAX),
    corrections,
    silences,
    windowFrom: new Date(window.fromMs).toISOString(),
    windowTo: new Date(window.endMs).toISOString(),
    mayManage: rest.mayManage,
  };
}

/** Evaluations are of whole minutes. */
function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

function fileOf(
  slo: StoredSlo,
  files: readonly SloFileStatus[],
  shown: readonly string[],
): SloFileStatus {
  const { location, entityRef } = slo;
  const file = files.find(
    one => one.location === location && one.entityRef === entityRef,
  ) ??
    files.find(one => one.location === location) ?? {
      location,
      entityRef,
      slos: [slo.id],
      problems: [],
    };
  // Others of it may be such as the caller may not see.
  return { ...file, slos: file.slos.filter(id => shown.includes(id)) };
}

function isVisibleTo(
  connections: readonly string[],
): (slo: StoredSlo) => boolean {
  const allowed = new Set(connections);
  return slo => connectionsOf(slo).every(connection => allowed.has(connection));
}

/** Files none of whose SLOs may be seen are not told of: their problems would tell of them. */
function filesSeen(
  files: readonly SloFileStatus[],
  slos: readonly StoredSlo[],
  visible: (slo: StoredSlo) => boolean,
): SloFileStatus[] {
  const byId = new Map(slos.map(slo => [slo.id, slo]));
  return files.flatMap(file => {
    const used = file.slos.flatMap(id => byId.get(id) ?? []);
    const seen = used.filter(visible).map(({ id }) => id);
    return used.length && !seen.length ? [] : [{ ...file, slos: seen }];
  });
}
