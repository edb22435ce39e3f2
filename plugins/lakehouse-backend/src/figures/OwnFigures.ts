import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  metrics,
  ValueType,
  type Counter,
  type Histogram,
  type Meter,
} from '@opentelemetry/api';
import type { CollectorKind } from '../collectors/Collector';
import type { ObservationStore } from '../observations/ObservationStore';
import { describeStorageError } from '../observations/storageError';

const METER = '@lakehouse-ops/plugin-lakehouse-backend';

/** How a collector's round ended: its observations were stored, were not, or it threw. */
export type RoundOutcome = 'stored' | 'not-stored' | 'failed';

/**
 * The plugin's own figures, through OpenTelemetry: whoever runs the backend
 * decides where they go, and nothing is counted when nobody does.
 */
export class OwnFigures {
  readonly #rounds: Counter;
  readonly #durations: Histogram;
  readonly #observations: Counter;
  readonly #ingested: Counter;

  static create(options: {
    store: Pick<ObservationStore, 'openGaps'>;
    /** Nobody closes the gaps of a connection that left the config. */
    isKnown: (connection: string) => boolean;
    logger: LoggerService;
    meter?: Meter;
  }): OwnFigures {
    const { store, isKnown, logger } = options;
    const meter = options.meter ?? metrics.getMeter(METER);
    meter
      .createObservableGauge('lakehouse.gaps.open', {
        description: 'What can not be observed now',
        unit: '{gap}',
        valueType: ValueType.INT,
      })
      .addCallback(async result => {
        try {
          for (const gap of await openGaps(store)) {
            const { count, ...attributes } = gap;
            if (isKnown(gap.connection)) result.observe(count, attributes);
          }
        } catch (error) {
          logger.debug(
            `The open gaps were not counted: ${describeStorageError(
              toError(error),
            )}`,
          );
        }
      });
    return new OwnFigures(meter);
  }

  private constructor(meter: Meter) {
    this.#rounds = meter.createCounter('lakehouse.collector.rounds', {
      description: 'Rounds of collectors that have ended',
      unit: '{round}',
      valueType: ValueType.INT,
    });
    this.#durations = meter.createHistogram(
      'lakehouse.collector.duration.seconds',
      {
        description: 'How long rounds of collectors took',
        unit: 's',
        advice: {
          explicitBucketBoundaries: [
            0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
          ],
        },
      },
    );
    this.#observations = meter.createCounter(
      'lakehouse.observations.recorded',
      {
        description: 'Observations that collectors made and that are stored',
        unit: '{observation}',
        valueType: ValueType.INT,
      },
    );
    this.#ingested = meter.createCounter('lakehouse.ingest.requests', {
      description: 'Events and reports that were pushed here',
      unit: '{request}',
      valueType: ValueType.INT,
    });
  }

  roundEnded(round: {
    connection: string;
    kind: CollectorKind;
    outcome: RoundOutcome;
    seconds: number;
    observations: number;
  }) {
    const { connection, kind, outcome, seconds, observations } = round;
    this.#rounds.add(1, { connection, kind, outcome });
    this.#durations.record(seconds, { connection, kind });
    if (observations)
      this.#observations.add(observations, { connection, kind });
  }

  /** @param request - `status`: of the answer; 0 when the sender was gone before */
  ingested(request: { connection: string; source: string; status: number }) {
    const { connection, source, status } = request;
    const accepted = status >= 200 && status < 300;
    this.#ingested.add(1, {
      connection,
      source,
      outcome: accepted ? 'accepted' : 'refused',
      status,
    });
  }
}

/** The gaps of single tables, nodes and namespaces are told together: their names are without bounds. */
async function openGaps(store: Pick<ObservationStore, 'openGaps'>) {
  const counts = new Map<
    string,
    { connection: string; subject: string; count: number }
  >();
  for (const { connection, subject, count } of await store.openGaps()) {
    const [kind] = subject.split(':');
    const key = JSON.stringify([connection, kind]);
    const known = counts.get(key)?.count ?? 0;
    counts.set(key, { connection, subject: kind, count: known + count });
  }
  return counts.values();
}
