import type {
  PrometheusSliSource,
  Sli,
  SliUnit,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import type { SloParseContext } from '../SloFile';
import { optional } from '../yaml/fields';
import type { Spot } from '../yaml/Spot';
import { INDICATORS } from './indicators';
import type { Metadata } from './metadata';
import { unit as unitSchema } from './lakehouseSpec';
import { readLakehouseSource } from './readLakehouseSource';
import { hasWindow, readPromql } from './readPromql';
import { readSpec, warnOfUnknown } from './readSpec';
import { resolveConnection, resolveSourceRef, SourceType } from './SourceRef';
import type { DataSourceSpec, MetricSource, SliSpec } from './sloSchemas';

/** An indicator, and how an objective must be written for it. */
export interface ResolvedSli {
  readonly sli: Sli;
  /** Values need op and value in the objective. */
  readonly measure: 'ratio' | 'value';
  /** Of values. */
  readonly unit?: SliUnit;
  readonly lowIsGood?: boolean;
}

interface SliPlace {
  readonly metadata: Metadata;
  readonly spec: SliSpec;
  /** Of the object with metadata and spec. */
  readonly spot: Spot;
  readonly dataSource: (name: string) => DataSourceSpec | undefined;
  readonly context: SloParseContext;
}

interface Metric {
  readonly source: MetricSource;
  readonly spot: Spot;
  readonly type: SourceType;
  readonly fromDataSource?: string;
}

const prometheusSpec = z.looseObject({
  connection: optional(z.string()),
  query: z.string({
    error:
      'The query is missing, so there is nothing to ask Prometheus. Write query: with PromQL.',
  }),
  unit: optional(unitSchema),
});
const PROMETHEUS_FIELDS = ['connection', 'query', 'unit'];

/** Turns an SLI into what can be counted; tells what keeps it from that. */
export function resolveSli(place: SliPlace): ResolvedSli | undefined {
  const { spec, spot } = place;
  const { thresholdMetric, ratioMetric } = spec;
  if (thresholdMetric) {
    const at = spot.at('spec', 'thresholdMetric', 'metricSource');
    return resolveValue(place, thresholdMetric.metricSource, at);
  }
  return ratioMetric && resolveRatio(place, ratioMetric);
}

function resolveValue(
  place: SliPlace,
  source: MetricSource,
  spot: Spot,
): ResolvedSli | undefined {
  const metric = metricOf(place, source, spot);
  if (!metric) return undefined;
  if (metric.type === 'lakehouse') {
    const read = readLakehouseSource({
      spec: source.spec,
      spot: spot.at('spec'),
      fromDataSource: metric.fromDataSource,
      measure: 'value',
      context: place.context,
    });
    return (
      read && {
        sli: sliOf(place, read.source),
        measure: 'value',
        unit: read.unit,
        lowIsGood: INDICATORS[read.source.indicator].lowIsGood,
      }
    );
  }
  const read = readPrometheus(place, metric);
  if (!read) return undefined;
  if (read.unit === undefined) {
    spot
      .at('spec')
      .warn(
        'The value has no unit, so it is shown as a plain number. Write unit: with s, ms, percent, ratio, count or bytes.',
      );
  }
  const { connection, query } = read;
  return {
    sli: sliOf(place, {
      type: 'prometheus',
      connection,
      query: { kind: 'threshold', value: query },
    }),
    measure: 'value',
    unit: read.unit ?? 'count',
  };
}

function resolveRatio(
  place: SliPlace,
  ratio: NonNullable<SliSpec['ratioMetric']>,
): ResolvedSli | undefined {
  const spot = place.spot.at('spec', 'ratioMetric');
  const metrics = new Map<string, Metric>();
  for (const part of ['good', 'bad', 'total', 'raw'] as const) {
    const source = ratio[part]?.metricSource;
    if (!source) continue;
    const metric = metricOf(place, source, spot.at(part, 'metricSource'));
    if (!metric) return undefined;
    metrics.set(part, metric);
  }
  const raw = metrics.get('raw');
  const types = new Set([...metrics.values()].map(({ type }) => type));
  if (types.size > 1) {
    return spot.error(
      'The parts of the ratio come from sources of different types, so a share of them means nothing. Take all from one.',
    );
  }
  if (!types.has('lakehouse')) {
    const source = prometheusRatio(place, { ratio, metrics, spot });
    return source && { sli: sliOf(place, source), measure: 'ratio' };
  }
  if (!raw) {
    return spot.error(
      'An indicator of the lakehouse counts good and total by itself. Write ratioMetric with rawType: success and raw, instead of good, bad and total.',
    );
  }
  if (ratio.rawType === 'failure') {
    spot
      .at('rawType')
      .error(
        'Indicators of the lakehouse are shares of good. Write rawType: success.',
      );
  }
  const read = readLakehouseSource({
    spec: raw.source.spec,
    spot: raw.spot.at('spec'),
    fromDataSource: raw.fromDataSource,
    measure: 'ratio',
    context: place.context,
  });
  if (!read || ratio.rawType === 'failure') return undefined;
  return { sli: sliOf(place, read.source), measure: 'ratio' };
}

function prometheusRatio(
  place: SliPlace,
  options: {
    ratio: NonNullable<SliSpec['ratioMetric']>;
    metrics: ReadonlyMap<string, Metric>;
    spot: Spot;
  },
): PrometheusSliSource | undefined {
  const { ratio, metrics, spot } = options;
  const read = (part: string) => {
    const metric = metrics.get(part);
    return metric && readPrometheus(place, metric);
  };
  const [good, bad, total, raw] = ['good', 'bad', 'total', 'raw'].map(read);
  const all = [good, bad, total, raw].filter(part => part !== undefined);
  if (all.length !== metrics.size) return undefined;
  const { connection } = all[0];
  if (all.some(part => part.connection !== connection)) {
    return spot.error(
      'The parts of the ratio are asked of different connections, so they are not of the same moment. Take all from one.',
    );
  }
  if (ratio.counter && all.some(({ query }) => hasWindow(query))) {
    return spot
      .at('counter')
      .error(
        'counter says that the query is a counter that only grows, but {{.window}} in it says that it is told for a range. Write counter: false, or take {{.window}} out.',
      );
  }
  const counter = ratio.counter ?? false;
  if (raw) {
    const rawType = ratio.rawType ?? 'success';
    return {
      type: 'prometheus',
      connection,
      query: { kind: 'raw', raw: raw.query, rawType },
    };
  }
  if (!total) return undefined;
  if (good) {
    return {
      type: 'prometheus',
      connection,
      query: { kind: 'ratio', good: good.query, total: total.query, counter },
    };
  }
  return (
    bad && {
      type: 'prometheus',
      connection,
      query: { kind: 'bad-ratio', bad: bad.query, total: total.query, counter },
    }
  );
}

function readPrometheus(
  { context }: SliPlace,
  { source, spot, fromDataSource }: Metric,
): { connection: string; query: string; unit?: SliUnit } | undefined {
  const at = spot.at('spec');
  const spec = readSpec(prometheusSpec, source.spec, at);
  if (!spec) return undefined;
  warnOfUnknown({ value: source.spec, known: PROMETHEUS_FIELDS, spot: at });
  const query = readPromql(spec.query, at.at('query'));
  const connection = resolveConnection({
    written: spec.connection,
    fromDataSource,
    system: 'prometheus',
    spot: at.at('connection'),
    context,
  });
  if (query === undefined || connection === undefined) return undefined;
  return { connection, query, unit: spec.unit };
}

function metricOf(
  { dataSource, context }: SliPlace,
  source: MetricSource,
  spot: Spot,
): Metric | undefined {
  const ref = resolveSourceRef({ source, spot, dataSource, context });
  return (
    ref && { source, spot, type: ref.type, fromDataSource: ref.connection }
  );
}

function sliOf({ metadata, spec }: SliPlace, source: Sli['source']): Sli {
  return {
    name: metadata.name,
    ...(metadata.displayName && { displayName: metadata.displayName }),
    ...(spec.description && { description: spec.description }),
    source,
  };
}
