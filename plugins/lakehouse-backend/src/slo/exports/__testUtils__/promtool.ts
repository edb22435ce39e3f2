import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { type RecordedSeries, SCRAPES_A_MINUTE } from './incidents';

const run = promisify(execFile);
const MINUTE_MS = 60_000;
const TIMEOUT_MS = 100_000;
const OUTPUT_MAX = 64 * 1024 * 1024;

/** An alert that fired at a minute. */
export interface FiringAlert {
  readonly atMs: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Rules in a folder of their own, and Prometheus's tool for them. */
export class Promtool {
  static async create(rules: Readonly<Record<string, string>>) {
    const folder = await mkdtemp(join(tmpdir(), 'slo-rules-'));
    const groups: string[] = [];
    for (const [name, text] of Object.entries(rules)) {
      await writeFile(join(folder, name), text);
      const file = parse(text) as { groups: Array<{ name: string }> };
      groups.push(...file.groups.map(group => group.name));
    }
    return new Promtool(folder, Object.keys(rules), groups);
  }

  private constructor(
    private readonly folder: string,
    private readonly files: readonly string[],
    private readonly groups: readonly string[],
  ) {}

  /** What `promtool check rules` says; throws when it finds fault. */
  async check(): Promise<string> {
    const { stdout, stderr } = await this.promtool(
      'check',
      'rules',
      ...this.files,
    );
    return `${stdout}${stderr}`;
  }

  /**
   * Runs all rules over recorded series, each minute, and answers which alerts
   * fired then.
   *
   * `promtool test rules` runs Prometheus's own storage, PromQL engine and rule
   * manager. It only tells what is not as it should be, so each minute is
   * claimed to be without alerts.
   */
  async firing(
    series: readonly RecordedSeries[],
    minutes: number,
  ): Promise<FiringAlert[]> {
    const test = {
      rule_files: this.files,
      evaluation_interval: '1m',
      // Else by chance, and alerts would see at times what was recorded a minute before.
      group_eval_order: this.groups,
      tests: [
        {
          interval: `${60 / SCRAPES_A_MINUTE}s`,
          input_series: series.flatMap(({ instance, bad, total }) => [
            {
              series: `personal_api_requests_total{instance="${instance}"}`,
              values: valuesOf(total),
            },
            {
              series: `personal_api_failures_total{instance="${instance}"}`,
              values: valuesOf(bad),
            },
          ]),
          promql_expr_test: Array.from(
            { length: minutes + 1 },
            (_, minute) => ({
              expr: 'ALERTS{alertstate="firing"}',
              eval_time: `${minute}m`,
              exp_samples: [],
            }),
          ),
        },
      ],
    };
    const file = 'test.json';
    await writeFile(join(this.folder, file), JSON.stringify(test));
    return readFiring(await this.failures(file));
  }

  async close() {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async failures(file: string): Promise<string> {
    try {
      const { stdout, stderr } = await this.promtool('test', 'rules', file);
      return `${stdout}${stderr}`;
    } catch (error) {
      const { code, stdout, stderr } = error as Record<string, unknown>;
      const output = `${stdout}${stderr}`;
      // It ends with 1 as well when it can't read the rules or run them.
      if (code !== 1 || !output.includes('exp: nil')) {
        throw new Error(`promtool did not run the rules: ${output.trim()}`);
      }
      return output;
    }
  }

  private promtool(...args: readonly string[]) {
    return run('promtool', args, {
      cwd: this.folder,
      timeout: TIMEOUT_MS,
      maxBuffer: OUTPUT_MAX,
    });
  }
}

function valuesOf(values: ReadonlyArray<number | undefined>): string {
  return values.map(value => (value === undefined ? '_' : value)).join(' ');
}

/** What is said of a minute that is not without alerts. */
const CLAIM =
  /time: ([\ddhms]+),\s*\n\s*exp: nil\s*\n\s*got: (\{.*\} \S+)\s*$/gm;
const LABELS = /\{([^}]*)\}/g;

function readFiring(output: string): FiringAlert[] {
  return [...output.matchAll(CLAIM)].flatMap(([, time, got]) =>
    [...got.matchAll(LABELS)].map(([, labels]) => ({
      atMs: msOf(time),
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(
          ([, label, value]) => [label, value] as const,
        ),
      ),
    })),
  );
}

function msOf(time: string): number {
  const units: Record<string, number> = { d: 1_440, h: 60, m: 1, s: 1 / 60 };
  const minutes = [...time.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit],
    0,
  );
  return minutes * MINUTE_MS;
}
