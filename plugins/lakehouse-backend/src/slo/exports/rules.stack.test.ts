import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SloDefinition } from '@lakehouse-ops/plugin-lakehouse-common';
import { parse, stringify } from 'yaml';
import { parseSloFile } from '../definitions/parseSloFiles';
import { byLabel, compareFiring } from './__testUtils__/compareFiring';
import { ANSWERS, ERRORS_SLO, OTHER_SLOS } from './__testUtils__/errorsSlo';
import {
  bySeverity,
  evaluateRecorded,
  MINUTE_MS,
} from './__testUtils__/evaluateRecorded';
import {
  AT_THE_FACTOR,
  INCIDENTS,
  record,
  SCRAPE_GAP,
  type Incident,
} from './__testUtils__/incidents';
import { Promtool } from './__testUtils__/promtool';
import { exportSlo } from './exportSlo';

jest.setTimeout(120_000);

/**
 * Set by `node stack/cli.mjs env`: where the servers of the stack are, so is
 * Prometheus's own tool for rules.
 */
const { STACK_PROMETHEUS_URL: url } = process.env;

const fixture = (name: string) =>
  readFileSync(join(__dirname, '__fixtures__', name), 'utf8');

/** What Sloth was given, and what it made of it. */
const SLOTH_FILE = fixture('errors.sloth.yaml');
const SLOTH_RULES = fixture('errors.sloth-rules.yaml');

/** The SLO that a file of Sloth stands for, with the alerts that Sloth makes. */
function slothDefinition(): SloDefinition {
  const { slos } = parseSloFile(
    { location: 'errors.sloth.yaml', text: SLOTH_FILE },
    { knows: () => 'prometheus', connection: 'metrics' },
  );
  // Its rates are of the counters that our evaluator reads at the ends of minutes.
  const { objectives } = ERRORS_SLO.definition;
  return { ...slos[0].definition, objectives };
}

/** Alerts don't look at the whole window, and reading it each minute would take most of the time. */
function withoutBudget(rules: string): string {
  const { groups } = parse(rules) as { groups: Array<{ name: string }> };
  return stringify({
    groups: groups.filter(({ name }) => !name.endsWith(' budget')),
  });
}

/** Tells how many incidents agreed, for all to see. */
class Agreement {
  private agreed = 0;
  private shifted = 0;
  private readonly seen = new Map<string, { fired: number; quiet: number }>();

  constructor(private readonly name: string, private readonly of: number) {}

  note(
    ours: ReadonlyMap<string, ReadonlySet<number>>,
    { minutes, beyond }: ReturnType<typeof compareFiring>,
  ) {
    this.shifted += minutes;
    if (beyond.length === 0) this.agreed++;
    for (const [key, firing] of ours) {
      const seen = this.seen.get(key) ?? { fired: 0, quiet: 0 };
      if (firing.size) seen.fired++;
      else seen.quiet++;
      this.seen.set(key, seen);
    }
  }

  close() {
    const each = [...this.seen]
      .map(
        ([key, { fired, quiet }]) =>
          `${key} fired in ${fired}, not in ${quiet}`,
      )
      .join('; ');
    process.stdout.write(
      `${this.name}: ${this.agreed} of ${this.of} incidents agree within a minute, ${this.shifted} minutes differ in all (${each})\n`,
    );
    return { agreed: this.agreed, seen: [...this.seen.values()] };
  }
}

/*
 * Both sides read the same recorded counters, scraped every 30 s: Prometheus by
 * its rules each minute, ours as the backend does, by asking for the ends of
 * minutes. There is no data before a series begins on either side. What may
 * still differ, and why:
 *
 * - Our minutes are closed: [0:00, 1:00) counts at 1:00. Scrapes lie on whole
 *   minutes here, so that increase() over [1h] at a full minute reaches from
 *   end to end and nothing is extrapolated. In the wild they don't, and
 *   increase() stretches what it saw to the range: by the same factor above and
 *   below the fraction bar, so that the share stays, shifted by up to a scrape.
 *   From Prometheus 3 on ranges are open at the older end, which is the same.
 * - A restart within a minute: Prometheus sees it at the scrape, ours at the end
 *   of the minute, and what came before it in this minute is lost to us.
 * - An instance that joins counts from its first scrape in Prometheus, which also
 *   stretches its first increase by half a scrape; ours from its first full minute.
 * - Sloth's alerts are a group of their own, which a server runs at another moment
 *   than what they read: they may be a minute late. Here they are run after it.
 * - Sloth asks for more than the factor and we for at least the factor; see the
 *   last tests for what is neither.
 */
if (url) {
  describe('exported rules in a real Prometheus', () => {
    const sloth = slothDefinition();
    let tool: Promtool;
    const runs = new Map<string, ReturnType<Promtool['firing']>>();
    const run = (incident: Incident) => {
      const { name, minutes } = incident;
      const known = runs.get(name) ?? tool.firing(record(incident), minutes);
      runs.set(name, known);
      return known;
    };
    const ours = (definition: SloDefinition, incident: Incident) =>
      evaluateRecorded({
        definition,
        answers: ANSWERS,
        series: record(incident),
        minutes: incident.minutes,
      });

    beforeAll(async () => {
      tool = await Promtool.create({
        'exported.yaml': exportSlo(ERRORS_SLO, 'prometheus'),
        'sloth.yaml': SLOTH_RULES,
      });
    });
    afterAll(() => tool.close());

    it('are rules to it', async () => {
      expect(await tool.check()).toMatch(
        /exported\.yaml\s+SUCCESS: 10 rules found[\s\S]*sloth\.yaml\s+SUCCESS: 17 rules found/,
      );
    });

    describe('fire when ours do', () => {
      const agreement = new Agreement('Exported rules', INCIDENTS.length);

      it.each(INCIDENTS)('$name', async incident => {
        const expected = ours(ERRORS_SLO.definition, incident);
        const difference = compareFiring(
          expected,
          byLabel(await run(incident), 'condition'),
          incident.minutes * MINUTE_MS,
        );
        agreement.note(expected, difference);
        expect(difference.beyond).toEqual([]);
      });

      it('in all incidents, of which each alert meets some that fire it and some that do not', () => {
        const { agreed, seen } = agreement.close();
        expect(agreed).toBe(INCIDENTS.length);
        for (const { fired, quiet } of seen) {
          expect(fired).toBeGreaterThan(4);
          expect(quiet).toBeGreaterThan(0);
        }
      });
    });

    describe("of Sloth's making fire when ours do", () => {
      const agreement = new Agreement("Sloth's rules", INCIDENTS.length);

      it.each(INCIDENTS)('$name', async incident => {
        const expected = bySeverity(sloth, ours(sloth, incident));
        const difference = compareFiring(
          expected,
          byLabel(await run(incident), 'sloth_severity'),
          incident.minutes * MINUTE_MS,
        );
        agreement.note(expected, difference);
        expect(difference.beyond).toEqual([]);
      });

      it('in all incidents', () => {
        expect(agreement.close().agreed).toBe(INCIDENTS.length);
      });
    });

    describe.each(Object.entries(OTHER_SLOS))(
      'count %s as ours do',
      (_, slo) => {
        // Their first hours: subqueries are dear, and each minute reads them all.
        const some = INCIDENTS.filter(({ name }) =>
          /^(step|outage|late)/.test(name),
        ).map(incident => ({ ...incident, minutes: 300 }));
        let other: Promtool;

        beforeAll(async () => {
          other = await Promtool.create({
            'exported.yaml': withoutBudget(exportSlo(slo, 'prometheus')),
          });
        });
        afterAll(() => other.close());

        it('of which one fires at once when much fails', () => {
          const fast = ours(slo.definition, INCIDENTS[0]).get('fast-burn');
          expect(fast?.size).toBeGreaterThan(50);
        });

        it.each(some)('$name', async incident => {
          const { minutes } = incident;
          const expected = ours(slo.definition, incident);
          const fired = await other.firing(record(incident), minutes);
          expect(
            compareFiring(
              expected,
              byLabel(fired, 'condition'),
              minutes * MINUTE_MS,
            ).beyond,
          ).toEqual([]);
        });
      },
    );

    it('fire at just the factor too', async () => {
      const { minutes } = AT_THE_FACTOR;
      const expected = ours(ERRORS_SLO.definition, AT_THE_FACTOR);
      const fired = byLabel(await run(AT_THE_FACTOR), 'condition');
      expect(
        compareFiring(expected, fired, minutes * MINUTE_MS).beyond,
      ).toEqual([]);
      expect(expected.get('fast-burn')?.size).toBeGreaterThan(100);
    });

    it('resolve while nothing is scraped, where ours keep firing', async () => {
      const expected = ours(ERRORS_SLO.definition, SCRAPE_GAP).get('fast-burn');
      const fired = byLabel(await run(SCRAPE_GAP), 'condition').get(
        'fast-burn',
      );
      const within = (firing: ReadonlySet<number> | undefined) =>
        Array.from({ length: 30 }, (_, index) => 120 + index).filter(minute =>
          firing?.has(minute * MINUTE_MS),
        );
      expect(within(expected)).toHaveLength(30);
      // The short lookback still holds samples for five minutes.
      expect(within(fired)).toEqual([120, 121, 122, 123, 124]);
    });
  });
}

describe('exported rules', () => {
  it('run in a real Prometheus when the variables of the stack are set', () => {
    expect(url).toBe(process.env.STACK_PROMETHEUS_URL);
  });

  it('are those that Sloth was given', () => {
    expect(exportSlo(ERRORS_SLO, 'sloth')).toBe(SLOTH_FILE);
  });
});
