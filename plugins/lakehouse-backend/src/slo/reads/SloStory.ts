import type {
  MsSpan,
  SloCorrection,
  SloVersion,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloAlertLog } from '../alerts/SloAlertLog';
import type { SloBook, StoredSlo } from '../definitions/SloBook';

/** An SLO with what must be known to judge its past: how it stood when, and which times don't count. */
export interface SloStory {
  readonly slo: StoredSlo;
  /** Newest first. */
  readonly versions: readonly SloVersion[];
  readonly corrections: readonly SloCorrection[];
}

/** Reads the stories of many SLOs, in two rounds. Corrections: those that touch the range. */
export async function readSloStories(
  from: {
    book: Pick<SloBook, 'versionsOf'>;
    alertLog: Pick<SloAlertLog, 'corrections'>;
  },
  slos: readonly StoredSlo[],
  range: MsSpan,
): Promise<SloStory[]> {
  if (!slos.length) return [];
  const ids = slos.map(({ id }) => id);
  const [versions, corrections] = await Promise.all([
    from.book.versionsOf(ids),
    from.alertLog.corrections(ids, {
      from: new Date(range.fromMs).toISOString(),
      to: new Date(range.toMs).toISOString(),
    }),
  ]);
  return slos.map(slo => ({
    slo,
    versions: versions.get(slo.id) ?? [],
    corrections: corrections.get(slo.id) ?? [],
  }));
}

/** Times that don't count for an objective. */
export function excludedSpans(
  { corrections }: Pick<SloStory, 'corrections'>,
  objective: string,
): MsSpan[] {
  return corrections
    .filter(one => one.objective === undefined || one.objective === objective)
    .map(({ from, to }) => ({
      fromMs: Date.parse(from),
      toMs: Date.parse(to),
    }));
}
