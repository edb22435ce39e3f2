import {
  formatTableName,
  type Gap,
  type TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { textPattern } from '../queries/textPattern';
import { judgeOf, type Judge } from '../shared/thresholds';
import { MINUTE_MS } from '../shared/widths';
import type { SloSeries } from '../SloRollups';
import {
  gapIn,
  minutesOf,
  unseen,
  type Look,
  type LookResult,
  type LookTime,
} from './Look';
import type { MinuteLook } from './replaceMinutes';
import { tableFigure } from './tableFigure';

/** A sweep that ended longer ago tells nothing of now. */
const SWEEP_STALE_MS = 20 * MINUTE_MS;

interface Known {
  readonly tables: ReadonlyArray<{ name: string; health: TableHealth }>;
  readonly gaps: readonly Gap[];
  readonly sweptMs: number;
}

/** Freshness, small files and statistics of tables, by what the inventory knows of them. */
export const lookAtTables: Look = async options => {
  const { store, connection, series, time } = options;
  const swept = await store.lastSweep(connection);
  if (swept === undefined) {
    return unseen(series, 'the tables have not been looked at yet');
  }
  const gaps = await store.gaps(connection, {
    from: new Date(time.fromMs).toISOString(),
    to: new Date(time.toMs).toISOString(),
  });
  const tables = await store.knownTables(connection);
  const known: Known = {
    tables: tables.map(({ health }) => ({
      name: formatTableName(health.ref),
      health,
    })),
    gaps: gaps.filter(
      ({ subject }) => subject === 'tables' || subject.startsWith('table:'),
    ),
    sweptMs: Date.parse(swept),
  };
  return new Map(series.map(one => [one.id, lookAt(one, known, time)]));
};

function lookAt(series: SloSeries, known: Known, time: LookTime): LookResult {
  const { source, threshold } = series;
  const judge = judgeOf(
    threshold,
    source.type === 'lakehouse' && source.indicator === 'small-file-share'
      ? 'ratio'
      : 'ms',
  );
  const nothing = (problem: string) => ({ minutes: new Map(), problem });
  if (!judge || source.type !== 'lakehouse') {
    return nothing('its threshold has a unit that does not fit');
  }
  const matches = textPattern(source.filter.table ?? '*');
  const tables = known.tables.filter(({ name }) => matches(name));
  if (!tables.length) {
    return nothing(`no table is known that matches ${source.filter.table}`);
  }
  const minutes = new Map<number, MinuteLook>();
  let problem: string | undefined;
  for (const minuteMs of minutesOf(time)) {
    const seen = lookInMinute({ judge, tables, known, series, minuteMs, time });
    if (typeof seen === 'string') problem = seen;
    else {
      minutes.set(minuteMs, seen);
      problem = undefined;
    }
  }
  return { minutes, problem };
}

/** What it was at the end of the minute, or is now; else why it can't be told. */
function lookInMinute(options: {
  judge: Judge;
  tables: Known['tables'];
  known: Known;
  series: SloSeries;
  minuteMs: number;
  time: LookTime;
}): MinuteLook | string {
  const { judge, tables, known, series, minuteMs, time } = options;
  const gap = gapIn(
    known.gaps.filter(({ subject }) => subject === 'tables'),
    minuteMs,
  );
  if (gap) return gap.reason;
  const atMs = Math.min(time.nowMs, minuteMs + MINUTE_MS);
  if (atMs - known.sweptMs > SWEEP_STALE_MS) {
    return 'the last look at all tables is too old: let lakehouse.collectors.tables run more often';
  }
  let good = 0;
  let total = 0;
  let unknown: string | undefined;
  for (const { name, health } of tables) {
    const own = gapIn(
      known.gaps.filter(({ subject }) => subject === `table:${name}`),
      minuteMs,
    );
    const figure = own ? own.reason : tableFigure(series, health, atMs);
    const isGood = typeof figure === 'number' ? judge(figure) : undefined;
    if (typeof figure === 'string') unknown ??= `${name}: ${figure}`;
    // Never done is worse than any age.
    if (figure === Infinity) total += 1;
    else if (isGood !== undefined) {
      total += 1;
      good += Number(isGood);
    }
  }
  return total ? { good, total } : unknown ?? 'nothing is known of its tables';
}
