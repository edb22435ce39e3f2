import type { SloView } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TimeSpan } from '../components/charts';
import type { UrlPatch } from '../url';
import type { SloRange } from './useSlos';

const HOUR_MS = 3_600_000;
/** How much is shown round a moment that a link is about. */
const BEFORE_MOMENT_MS = 6 * HOUR_MS;
const AFTER_MOMENT_MS = 2 * HOUR_MS;

/** What of the budget's window is shown, by its name in the URL. */
export const SLO_SPANS = {
  window: { label: 'whole window' },
  '7d': { label: 'last 7 d', ms: 168 * HOUR_MS },
  '24h': { label: 'last 24 h', ms: 24 * HOUR_MS },
  '6h': { label: 'last 6 h', ms: 6 * HOUR_MS },
  moment: { label: 'linked moment' },
} as const;

export type SloSpanName = keyof typeof SLO_SPANS;

/** What can be open over an SLO. */
export const SLO_PANELS = ['spent', 'definition', 'what-if', 'create'] as const;

export type SloPanel = (typeof SLO_PANELS)[number];

/** What a URL shows of SLOs. */
export interface SloUrl {
  /** The SLO that is open. */
  readonly slo?: string;
  /** The moment that a link is about, ISO. */
  readonly at?: string;
  /** What the reader chose to be shown, or a link's moment. */
  readonly span?: SloSpanName;
  readonly panel?: SloPanel;
}

/** Reads what is open from search parameters; what makes no sense is left out. */
export function readSloUrl(params: URLSearchParams): SloUrl {
  const atMs = Date.parse(params.get('at') ?? '');
  const at = Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString();
  const named = params.get('span');
  const span =
    named !== null && isSpanName(named) && (named !== 'moment' || at)
      ? named
      : undefined;
  return {
    slo: params.get('slo') ?? undefined,
    at,
    span: span ?? (at ? 'moment' : undefined),
    panel: SLO_PANELS.find(panel => panel === params.get('show')),
  };
}

/** The patch that opens an SLO, or closes the one that is open. */
export function openSloPatch(slo: string | undefined): UrlPatch {
  return { slo, at: undefined, span: undefined, show: undefined };
}

/** The patch that shows an SLO at a moment. */
export function sloMomentPatch(slo: string, at: string): UrlPatch {
  return { ...openSloPatch(slo), at };
}

/** The patch that opens something over an SLO. */
export function panelPatch(panel: SloPanel | undefined): UrlPatch {
  return { show: panel };
}

/** Whether this names a part of the window. */
export function isSpanName(name: string): name is SloSpanName {
  return Object.hasOwn(SLO_SPANS, name);
}

/** What is shown first: where counting began within the window, the shortest span with all that was counted. */
export function firstSpan(
  countedFrom: string | undefined,
  now: Date = new Date(),
): SloSpanName {
  if (countedFrom === undefined) return 'window';
  const ageMs = now.getTime() - Date.parse(countedFrom);
  const shorter = (['6h', '24h', '7d'] as const).find(
    name => ageMs <= SLO_SPANS[name].ms,
  );
  return shorter ?? 'window';
}

/** The times that a URL asks for of an SLO's window; none of its own for all of it. */
export function sloRange(
  url: Pick<SloUrl, 'at' | 'span'>,
  now: Date = new Date(),
): SloRange {
  if (url.span === 'moment' && url.at) {
    const atMs = Date.parse(url.at);
    return {
      from: new Date(atMs - BEFORE_MOMENT_MS).toISOString(),
      to: new Date(
        Math.max(atMs, Math.min(now.getTime(), atMs + AFTER_MOMENT_MS)),
      ).toISOString(),
    };
  }
  const chosen = SLO_SPANS[url.span ?? 'window'];
  return 'ms' in chosen
    ? { from: new Date(now.getTime() - chosen.ms).toISOString() }
    : {};
}

/** What the axis of charts spans: the window with what is still to come of it, or the part that was asked for. */
export function chartSpan(
  slo: Pick<SloView, 'windowFrom' | 'windowTo'>,
  shown: {
    readonly from: string;
    readonly to: string;
    readonly forecast: ReadonlyArray<{ readonly at: string }>;
  },
  whole: boolean,
): TimeSpan {
  if (!whole) {
    return { fromMs: Date.parse(shown.from), toMs: Date.parse(shown.to) };
  }
  const ends = [
    slo.windowTo,
    shown.to,
    ...shown.forecast.map(({ at }) => at),
  ].map(at => Date.parse(at));
  return {
    fromMs: Date.parse(slo.windowFrom),
    toMs: Math.max(...ends),
  };
}
