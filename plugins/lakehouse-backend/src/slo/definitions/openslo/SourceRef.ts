import type {
  LakehouseSystem,
  SliSource,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import type { SloParseContext } from '../SloFile';
import { quote } from '../yaml/fields';
import { didYouMean } from '../yaml/nearestName';
import type { Spot } from '../yaml/Spot';
import type { DataSourceSpec, MetricSource } from './sloSchemas';

/** Kinds of sources that are measured here. */
export type SourceType = SliSource['type'];

/** A metric source with what its DataSource adds. */
export interface SourceRef {
  readonly type: SourceType;
  /** As the DataSource tells it. */
  readonly connection?: string;
}

const SOURCE_TYPES: readonly SourceType[] = ['lakehouse', 'prometheus'];

const details = z.looseObject({ connection: z.string().optional() });
/** Connection details are often written as a list of objects of one field. */
const connectionDetails = z.union([details, z.array(details)]);

/** Of which type a metric source is, by itself and by the DataSource that it names. */
export function resolveSourceRef(options: {
  source: MetricSource;
  spot: Spot;
  dataSource: (name: string) => DataSourceSpec | undefined;
  context: SloParseContext;
}): SourceRef | undefined {
  const { source, spot, dataSource, context } = options;
  const { metricSourceRef } = source;
  const own = source.type;
  if (metricSourceRef === undefined) {
    return own === undefined
      ? spot.error(
          'The source has neither type nor metricSourceRef, so nobody knows what to ask. Write type: lakehouse or type: prometheus.',
        )
      : typed(own, spot.at('type'));
  }
  const named = dataSource(metricSourceRef);
  if (!named && own !== undefined && context.knows(metricSourceRef)) {
    // A connection of the config needs no DataSource to be named.
    const type = typed(own, spot.at('type'));
    return type && { ...type, connection: metricSourceRef };
  }
  if (!named) {
    return spot
      .at('metricSourceRef')
      .error(
        `There is no DataSource ${quote(
          metricSourceRef,
        )}. Nothing can be measured without it. Add a document of kind: DataSource with that name, or write type: lakehouse or prometheus and the id of a connection of the config here.`,
      );
  }
  if (own !== undefined && !sameText(own, named.type)) {
    return spot
      .at('type')
      .error(
        `The type is ${quote(own)}, but the DataSource ${quote(
          metricSourceRef,
        )} is of type ${quote(
          named.type,
        )}. Remove type here, or name another DataSource.`,
      );
  }
  const type = typed(named.type, spot.at('metricSourceRef'));
  return type && { ...type, connection: connectionOf(named) };
}

/** The connection of a source; tells when there is none, or it is to a system of another kind. */
export function resolveConnection(options: {
  written: string | undefined;
  fromDataSource: string | undefined;
  system: LakehouseSystem;
  spot: Spot;
  context: SloParseContext;
}): string | undefined {
  const { written, fromDataSource, system, spot, context } = options;
  if (written && fromDataSource && written !== fromDataSource) {
    return spot.error(
      `The connection is ${quote(written)} here, but ${quote(
        fromDataSource,
      )} in the DataSource. Remove one of the two.`,
    );
  }
  const id = written ?? fromDataSource ?? fallback(system, context);
  if (id === undefined) {
    return spot.error(
      `The connection is missing, so nobody knows which ${system} to ask. Write connection: with the id of a connection in lakehouse.${configKey(
        system,
      )}.connections of the config.`,
    );
  }
  const known = context.knows(id);
  if (known === undefined) {
    return spot.error(
      `There is no connection ${quote(id)} in the config.${didYouMean(
        id,
        (context.connections ?? []).filter(
          name => context.knows(name) === system,
        ),
      )} Nothing can be measured without it. Write the id of a connection in lakehouse.${configKey(
        system,
      )}.connections.`,
    );
  }
  return known === system
    ? id
    : spot.error(
        `The connection ${quote(
          id,
        )} is to ${known}, and this is told of ${system}. Write the id of a connection in lakehouse.${configKey(
          system,
        )}.connections.`,
      );
}

/** The Prometheus of files that can't name one: that of their location, or the only one that there is. */
export function prometheusOf(
  spot: Spot,
  context: SloParseContext,
): string | undefined {
  return resolveConnection({
    written: undefined,
    fromDataSource: undefined,
    system: 'prometheus',
    spot,
    context,
  });
}

/** Of Prometheus only: the one of the location, or the only one that there is. */
function fallback(
  system: LakehouseSystem,
  { connection, connections = [], knows }: SloParseContext,
): string | undefined {
  if (system !== 'prometheus') return undefined;
  if (connection !== undefined) return connection;
  const all = connections.filter(id => knows(id) === 'prometheus');
  return all.length === 1 ? all[0] : undefined;
}

function configKey(system: LakehouseSystem): string {
  return system === 'trino-gateway' ? 'trinoGateway' : system;
}

function typed(written: string, spot: Spot): SourceRef | undefined {
  const type = SOURCE_TYPES.find(known => sameText(known, written));
  return type
    ? { type }
    : spot.error(
        `${quote(written)} is no source that is measured here.${didYouMean(
          written,
          SOURCE_TYPES,
        )} Write lakehouse for what the lakehouse tells of itself, or prometheus for PromQL.`,
      );
}

function connectionOf(of: DataSourceSpec): string | undefined {
  const parsed = connectionDetails.safeParse(of.connectionDetails);
  if (!parsed.success) return undefined;
  const all = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  return all.find(({ connection }) => connection !== undefined)?.connection;
}

function sameText(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en-US') === b.toLocaleLowerCase('en-US');
}
