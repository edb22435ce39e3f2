import type {
  LakehouseSliSource,
  SliFilter,
  SliUnit,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloParseContext } from '../SloFile';
import { quote } from '../yaml/fields';
import { didYouMean } from '../yaml/nearestName';
import type { Spot } from '../yaml/Spot';
import {
  ExtraField,
  FilterField,
  INDICATORS,
  IndicatorRules,
  isIndicator,
} from './indicators';
import { type LakehouseSpec, lakehouseSpec } from './lakehouseSpec';
import { readSpec } from './readSpec';
import { resolveConnection } from './SourceRef';

/** A lakehouse source with the unit that its values are compared in. */
export interface LakehouseReading {
  readonly source: LakehouseSliSource;
  readonly unit?: SliUnit;
}

/** Reads the `spec` of a metric source of type `lakehouse`. */
export function readLakehouseSource(options: {
  spec: unknown;
  /** Of the spec. */
  spot: Spot;
  fromDataSource?: string;
  measure: 'ratio' | 'value';
  context: SloParseContext;
}): LakehouseReading | undefined {
  const { spot, measure, context } = options;
  const spec = readSpec(lakehouseSpec, options.spec, spot);
  if (!spec) return undefined;
  const { indicator } = spec;
  if (!isIndicator(indicator)) {
    return spot
      .at('indicator')
      .error(
        `There is no indicator ${quote(indicator)}.${didYouMean(
          indicator,
          Object.keys(INDICATORS),
        )} Nothing can be measured. Write one of ${Object.keys(INDICATORS).join(
          ', ',
        )}.`,
      );
  }
  const rules = INDICATORS[indicator];
  checkMeasure({ indicator, rules, measure, spot });
  checkFields({ spec, indicator, rules, spot });
  const connection = resolveConnection({
    written: connectionOf(spec, spot),
    fromDataSource: options.fromDataSource,
    system: rules.system,
    spot: spot.at(spec.cluster === undefined ? 'connection' : 'cluster'),
    context,
  });
  checkUnit({ spec, indicator, rules, spot });
  if (connection === undefined || spot.hasErrors) return undefined;
  return {
    source: {
      type: 'lakehouse',
      indicator,
      connection,
      filter: filterOf(spec),
      ...(spec.badErrors && { badErrors: spec.badErrors }),
      ...(spec.column !== undefined && { column: spec.column }),
      ...(spec.expectedWorkers !== undefined && {
        expectedWorkers: spec.expectedWorkers,
      }),
    },
    unit: spec.unit,
  };
}

function checkMeasure(options: {
  indicator: string;
  rules: IndicatorRules;
  measure: 'ratio' | 'value';
  spot: Spot;
}) {
  const { indicator, rules, measure, spot } = options;
  if (measure === 'ratio' && rules.units) {
    spot
      .at('indicator')
      .error(
        `${indicator} is a value, and a ratioMetric can't say from where on it is good. Write it as thresholdMetric with a unit, and op and value in the objective.`,
      );
  }
  if (measure === 'value' && !rules.units) {
    spot
      .at('indicator')
      .error(
        `${indicator} is a share of good and bad already; there is no value to compare. Write it as ratioMetric with rawType: success and raw, and leave out op and value.`,
      );
  }
}

function checkUnit(options: {
  spec: LakehouseSpec;
  indicator: string;
  rules: IndicatorRules;
  spot: Spot;
}) {
  const { spec, indicator, rules, spot } = options;
  const { units } = rules;
  if (!units) {
    if (spec.unit) {
      spot
        .at('unit')
        .warn(
          `${indicator} is a share and has no unit; this one does not count. Remove it.`,
        );
    }
    return;
  }
  if (!spec.unit) {
    spot.error(
      `The unit of ${indicator} is missing, so the value of the objective could be anything: 500 could be milliseconds or hours. Write unit: with one of ${units.join(
        ', ',
      )}.`,
    );
  } else if (!units.includes(spec.unit)) {
    spot
      .at('unit')
      .error(
        `${indicator} is not measured in ${quote(
          spec.unit,
        )}. Write one of ${units.join(', ')}.`,
      );
  }
}

function checkFields(options: {
  spec: LakehouseSpec;
  indicator: string;
  rules: IndicatorRules;
  spot: Spot;
}) {
  const { spec, indicator, rules, spot } = options;
  for (const field of writtenFilters(spec.where ?? {})) {
    if (rules.filters.includes(field)) continue;
    const allowed = rules.filters.length
      ? `Filters of it are ${rules.filters.join(', ')}.`
      : 'It has no filters.';
    spot
      .at('where', field)
      .error(
        `${indicator} can't be filtered by ${field}: nothing it counts has one. ${allowed} Remove this one.`,
      );
  }
  const extras: readonly ExtraField[] = [
    'badErrors',
    'column',
    'expectedWorkers',
  ];
  for (const field of extras) {
    if (spec[field] === undefined || rules.extras.includes(field)) continue;
    spot
      .at(field)
      .error(`${field} has no meaning for ${indicator}. Remove it.`);
  }
  if (
    indicator === 'worker-availability' &&
    spec.expectedWorkers === undefined &&
    spec.unit !== 'count'
  ) {
    spot.warn(
      'expectedWorkers is missing, so the share is of the workers that the coordinator still knows, and one that it has forgotten is not missed. Write how many there should be.',
    );
  }
  if (spec.column !== undefined && !isOneTable(spec.where?.table)) {
    spot
      .at('column')
      .error(
        'A column is one of a certain table, and none is named. Write where: with table: catalog.schema.table without *, or remove column to go by the newest commit.',
      );
  }
}

function isOneTable(table: string | undefined): boolean {
  return table !== undefined && !table.includes('*');
}

function connectionOf(spec: LakehouseSpec, spot: Spot): string | undefined {
  const { connection, cluster } = spec;
  if (connection && cluster && connection !== cluster) {
    return spot
      .at('cluster')
      .error(
        'Both connection and cluster are written, and they differ. They mean the same: remove one.',
      );
  }
  return connection ?? cluster;
}

const FILTERS: readonly FilterField[] = [
  'user',
  'source',
  'clientTag',
  'resourceGroup',
  'queryType',
  'table',
  'prefix',
  'alert',
  'dashboard',
];

function writtenFilters(filter: SliFilter): FilterField[] {
  return FILTERS.filter(field => filter[field] !== undefined);
}

/** Without the fields that are not written, so that equal filters are equal. */
function filterOf(spec: LakehouseSpec): SliFilter {
  const written: SliFilter = spec.where ?? {};
  return Object.fromEntries(
    writtenFilters(written).map(field => [field, written[field]]),
  );
}
