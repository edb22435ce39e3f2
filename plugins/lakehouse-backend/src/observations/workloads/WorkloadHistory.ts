import type {
  Workload,
  WorkloadsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { GapLog } from '../GapLog';
import type { WorkloadsSampled } from '../Observation';
import { DocumentSet } from '../shared/DocumentSet';
import { SampleSeries } from '../shared/SampleSeries';
import type { TimeRange, WorkloadReads } from '../SystemReads';

const WORKLOADS_MAX = 1_000;
const POINTS_MAX = 300;

type Point = WorkloadsView['series'][number]['points'][number];

/** What is kept of a look over time: the series needs no more. */
type Replicas = Readonly<Record<string, Omit<Point, 'at'>>>;

/** The part of the store that keeps what runs the systems. */
export class WorkloadHistory implements WorkloadReads {
  readonly #gaps: GapLog;
  readonly #workloads: DocumentSet<Workload>;
  readonly #samples: SampleSeries<Replicas>;

  constructor(db: Knex, gaps: GapLog) {
    this.#gaps = gaps;
    this.#workloads = new DocumentSet(db, 'workload');
    this.#samples = new SampleSeries(db, 'workloads');
  }

  async record(trx: Knex.Transaction, sampled: WorkloadsSampled) {
    const { connection, at, workloads } = sampled;
    await this.#workloads.put(trx, connection, {
      at,
      about: {},
      members: workloads.map(workload => ({
        id: keyOf(workload),
        content: workload,
      })),
    });
    await this.#samples.put(trx, connection, {
      at,
      content: Object.fromEntries(
        workloads.map(workload => [
          keyOf(workload),
          {
            wanted: workload.replicas.wanted,
            ready: workload.replicas.ready,
            restarts: workload.restarts,
          },
        ]),
      ),
    });
  }

  /**
   * The newest look, and of namespaces that can't be looked at now what was
   * seen in them last.
   */
  async latest(connection: string) {
    const set = await this.#workloads.read(connection, {
      limit: WORKLOADS_MAX,
    });
    if (!set) return undefined;
    const gaps = await this.#gaps.list(connection);
    const unseen = new Set(
      gaps.flatMap(({ subject }) =>
        subject.startsWith('namespace:')
          ? [subject.slice('namespace:'.length)]
          : [],
      ),
    );
    const lastKnown = unseen.size ? await this.#lastSeenIn(connection) : [];
    const seen = new Set(set.members.map(keyOf));
    const workloads = [
      ...set.members,
      ...lastKnown.filter(
        workload =>
          unseen.has(workload.namespace) && !seen.has(keyOf(workload)),
      ),
    ];
    return { at: set.at, workloads };
  }

  /** Those of the last look at which anything was seen in their namespace. */
  async #lastSeenIn(connection: string): Promise<Workload[]> {
    const told = await this.#workloads.everTold(connection, {
      limit: WORKLOADS_MAX,
    });
    const newest = new Map<string, string>();
    for (const { at, content } of told) {
      if (!newest.has(content.namespace)) newest.set(content.namespace, at);
    }
    return told
      .filter(({ at, content }) => newest.get(content.namespace) === at)
      .map(({ content }) => content);
  }

  async series(
    connection: string,
    range: TimeRange,
  ): Promise<WorkloadsView['series']> {
    const samples = await this.#samples.list(connection, {
      ...range,
      limit: POINTS_MAX,
    });
    const points = new Map<string, Point[]>();
    for (const { at, content } of samples) {
      for (const [workload, replicas] of Object.entries(content)) {
        const known = points.get(workload);
        if (known) known.push({ at, ...replicas });
        else points.set(workload, [{ at, ...replicas }]);
      }
    }
    return [...points].map(([workload, of]) => ({ workload, points: of }));
  }
}

function keyOf({ namespace, kind, name }: Workload): string {
  return `${namespace}/${kind}/${name}`;
}
