/** Events of a minute, per instance. */
interface Traffic {
  readonly total: number;
  readonly bad: number;
}

/** How an instance fares: by the minute, until when it restarts, and when it is scraped. */
interface Instance {
  readonly traffic: (minute: number) => Traffic;
  /** Minutes at which its counters begin anew at 0; may lie within a minute. */
  readonly restarts?: readonly number[];
  readonly scraped?: (minute: number) => boolean;
}

/** A course of events that an alert is tried with. */
export interface Incident {
  readonly name: string;
  readonly minutes: number;
  readonly instances: Readonly<Record<string, Instance>>;
}

/** A counter as it was scraped, one value each 30 s from time 0; undefined where there was no scrape. */
export interface RecordedSeries {
  readonly instance: string;
  readonly bad: ReadonlyArray<number | undefined>;
  readonly total: ReadonlyArray<number | undefined>;
}

export const SCRAPES_A_MINUTE = 2;

const HOUR = 60;
const DAY = 24 * HOUR;
/** Events a minute. */
const USUAL = 600;

/** Share of bad by the minute. */
type BadShare = (minute: number) => number;

const within = (minute: number, from: number, to: number) =>
  minute >= from && minute < to;

function one(
  name: string,
  minutes: number,
  bad: BadShare,
  rest: Partial<Instance> & { total?: (minute: number) => number } = {},
): Incident {
  const { total = () => USUAL, ...more } = rest;
  return {
    name,
    minutes,
    instances: {
      a: {
        traffic: minute => ({
          total: total(minute),
          bad: total(minute) * bad(minute),
        }),
        ...more,
      },
    },
  };
}

const step =
  (from: number, to: number, share: number): BadShare =>
  minute =>
    within(minute, from, to) ? share : 0;

/** The same noise at every run: multiplication and remainder, as of old. */
const noise = (minute: number) => ((minute * 16_807 + 11) % 2_147) / 2_147;

/**
 * Incidents for a target of 99.9 % over 30 days: alerts at 1.44 %, 0.6 %,
 * 0.3 % (Sloth only) and 0.1 % of bad.
 */
export const INCIDENTS: readonly Incident[] = [
  one('step: 5 % fail for an hour', 12 * HOUR, step(120, 180, 0.05)),
  one('outage: all fail for ten minutes', 10 * HOUR, step(200, 210, 1)),
  one('slow burn: 0.8 % fail for four hours', 16 * HOUR, step(300, 540, 0.008)),
  one(
    'creeping burn: 0.21 % fail for a day',
    1.25 * DAY,
    step(HOUR, 0.75 * DAY, 0.002_1),
  ),
  one('spike: all fail for one minute', 9 * HOUR, step(180, 181, 1)),
  one(
    'sawtooth: 3.1 % fail for ten minutes of each thirty',
    10 * HOUR,
    minute => (within(minute, 60, 400) && minute % 30 < 10 ? 0.031 : 0),
  ),
  one('recovery: 20 % fail, half as many every twelve minutes', 12 * HOUR, m =>
    m < 90 ? 0 : 0.2 * 2 ** (-(m - 90) / 12),
  ),
  one(
    'no traffic: the incident goes on, but nobody comes',
    9 * HOUR,
    step(60, 300, 0.05),
    { total: minute => (within(minute, 100, 190) ? 0 : USUAL) },
  ),
  one(
    'counter reset: a restart in the incident',
    8 * HOUR,
    step(90, 150, 0.04),
    {
      restarts: [120],
    },
  ),
  one(
    'crash loop: a restart every seven minutes',
    8 * HOUR,
    step(90, 150, 0.04),
    {
      restarts: Array.from({ length: 20 }, (_, index) => 61.5 + 7 * index),
    },
  ),
  one('just above 14.4 times', 8 * HOUR, step(120, 300, 0.014_5)),
  one('just below 14.4 times', 8 * HOUR, step(120, 300, 0.014_3)),
  one('just above 6 times', 16 * HOUR, step(60, 720, 0.006_05)),
  one('just below 6 times', 16 * HOUR, step(60, 720, 0.005_95)),
  one('just above 1 times', 0.75 * DAY, step(0, 0.6 * DAY, 0.001_01)),
  one('just below 1 times', 0.75 * DAY, step(0, 0.6 * DAY, 0.000_99)),
  one(
    'late start: first scraped when 2 % fail already',
    8 * HOUR,
    step(0, 200, 0.02),
    {
      scraped: minute => minute >= 90,
    },
  ),
  one('two overlapping: an outage on top of a slow burn', 18 * HOUR, minute =>
    within(minute, 120, 130) ? 0.4 : step(60, 420, 0.007)(minute),
  ),
  one('ramp: up to 4 % in three hours and down again', 14 * HOUR, minute =>
    Math.max(0, 0.04 * (1 - Math.abs(minute - 240) / 180)),
  ),
  one(
    'few events: one every seven minutes, some of them bad',
    14 * HOUR,
    m => (within(m, 120, 240) && m % 3 === 0 ? 1 : 0),
    {
      total: minute => (minute % 7 === 0 ? 1 : 0),
    },
  ),
  one(
    'surge: twenty times the traffic dilutes an outage',
    10 * HOUR,
    minute => (within(minute, 120, 150) ? 0.1 : 0),
    {
      total: minute => (within(minute, 140, 260) ? 20 * USUAL : USUAL),
    },
  ),
  one('noise about the factor of six times', 14 * HOUR, minute =>
    within(minute, 60, 600) ? 0.012 * noise(minute) : 0,
  ),
  {
    name: 'roll-out: a bad instance joins, and a good one restarts',
    minutes: 10 * HOUR,
    instances: {
      a: {
        traffic: () => ({ total: USUAL, bad: 0 }),
        restarts: [160],
      },
      b: {
        traffic: minute => ({
          total: USUAL,
          bad: within(minute, 100, 190) ? USUAL * 0.06 : 0,
        }),
        scraped: minute => minute >= 100,
      },
    },
  },
];

/** Nobody scrapes for half an hour in the middle of an incident. */
export const SCRAPE_GAP = one(
  'gap: nothing is scraped in the incident',
  8 * HOUR,
  step(60, 240, 0.05),
  { scraped: minute => !within(minute, 120, 150) },
);

/** Exactly the factor: at or above, but not above. */
export const AT_THE_FACTOR = one(
  'at 14.4 times',
  8 * HOUR,
  step(120, 300, 0.014_4),
);

/** The counters that Prometheus would have scraped every 30 s. */
export function record({ minutes, instances }: Incident): RecordedSeries[] {
  return Object.entries(instances).map(([instance, course]) => {
    const { traffic, restarts = [], scraped = () => true } = course;
    const restartScrapes = new Set(
      restarts.map(minute => Math.round(minute * SCRAPES_A_MINUTE)),
    );
    const bad: Array<number | undefined> = [];
    const total: Array<number | undefined> = [];
    let sum: Traffic = { bad: 0, total: 0 };
    for (let at = 0; at <= minutes * SCRAPES_A_MINUTE; at++) {
      const isSeen = scraped(at / SCRAPES_A_MINUTE);
      bad.push(isSeen ? sum.bad : undefined);
      total.push(isSeen ? sum.total : undefined);
      const now = traffic(Math.floor(at / SCRAPES_A_MINUTE));
      const base = restartScrapes.has(at) ? { bad: 0, total: 0 } : sum;
      sum = {
        bad: base.bad + now.bad / SCRAPES_A_MINUTE,
        total: base.total + now.total / SCRAPES_A_MINUTE,
      };
    }
    return { instance, bad, total };
  });
}
