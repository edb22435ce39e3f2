import type {
  PrometheusSliSource,
  SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { z } from 'zod';
import { importedName } from '../imports/importedName';
import { percentTarget } from '../imports/percentTarget';
import { hasWindow, readPromql } from '../openslo/readPromql';
import { readSpec } from '../openslo/readSpec';
import { checkAlerts } from '../openslo/resolveSlo';
import { prometheusOf } from '../openslo/SourceRef';
import type { ParsedSlo, SloParseContext } from '../SloFile';
import { quote } from '../yaml/fields';
import type { Spot } from '../yaml/Spot';
import { SLOTH_PERIOD_MS, slothAlerts } from './slothAlerts';
import {
  FILE_FIELDS,
  RESOURCE_FIELDS,
  SlothFields,
  slothFile,
  SlothGroup,
  slothResource,
  SlothSlo,
} from './slothSchemas';

export const SLOTH_VERSION = 'prometheus/v1';
export const SLOTH_RESOURCE_VERSION = 'sloth.slok.dev/v1';

interface Place {
  readonly spot: Spot;
  readonly context: SloParseContext;
}

/** Reads a file of Sloth. */
export function readSloth(value: unknown, place: Place): ParsedSlo[] {
  return readGroup(value, {
    ...place,
    schema: slothFile,
    names: FILE_FIELDS,
    inside: place.spot,
  });
}

/** Reads a PrometheusServiceLevel, Sloth's resource for Kubernetes. */
export function readSlothResource(value: unknown, place: Place): ParsedSlo[] {
  return readGroup(value, {
    ...place,
    schema: slothResource,
    names: RESOURCE_FIELDS,
    inside: place.spot.at('spec'),
  });
}

function readGroup(
  value: unknown,
  options: Place & {
    schema: z.ZodType<SlothGroup>;
    names: SlothFields;
    inside: Spot;
  },
): ParsedSlo[] {
  const { schema, spot, context, names, inside } = options;
  const group = readSpec(schema, value, spot);
  if (!group) return [];
  if (group.plugins !== undefined) warnOfPlugins(inside.at(names.plugins));
  const connection = prometheusOf(spot, context);
  return group.slos.flatMap((slo, index) => {
    const at = inside.at('slos', index);
    const definition = definitionOf({ slo, group, at, names, connection });
    return definition ? [{ definition, line: at.line }] : [];
  });
}

function definitionOf(options: {
  slo: SlothSlo;
  group: SlothGroup;
  at: Spot;
  names: SlothFields;
  connection: string | undefined;
}): SloDefinition | undefined {
  const { slo, group, at, names, connection } = options;
  if (slo.plugins !== undefined) warnOfPlugins(at.at('plugins'));
  const target = percentTarget(slo.objective, at.at('objective'));
  const query = queryOf({ slo, at: at.at('sli'), names });
  const alertPolicies = slothAlerts({ slo, spot: at, names });
  if (target === undefined || !query || connection === undefined) {
    return undefined;
  }
  const definition: SloDefinition = {
    // As Sloth itself names it over all services.
    name: importedName(group.service, slo.name),
    displayName: slo.name,
    ...(slo.description && { description: slo.description }),
    service: group.service,
    labels: { ...group.labels, ...slo.labels },
    window: { kind: 'rolling', durationMs: SLOTH_PERIOD_MS },
    method: 'Occurrences',
    objectives: [
      {
        key: '0',
        sli: {
          name: slo.name,
          source: { type: 'prometheus', connection, query },
        },
        target,
        weight: 1,
      },
    ],
    alertPolicies,
    budgetPolicy: [],
    runbooks: [],
  };
  checkAlerts({
    policies: alertPolicies,
    objectives: definition.objectives,
    windowMs: SLOTH_PERIOD_MS,
    spot: at,
  });
  return definition;
}

function queryOf(options: {
  slo: SlothSlo;
  at: Spot;
  names: SlothFields;
}): PrometheusSliSource['query'] | undefined {
  const { slo, at, names } = options;
  const { errorQuery, totalQuery, rawQuery, pluginId } = slo;
  const ways = [errorQuery, rawQuery, pluginId].filter(
    way => way !== undefined,
  );
  if (ways.length !== 1) {
    return at.error(
      ways.length
        ? 'Several of events, raw and plugin are written; only one can count. Keep one.'
        : 'There is neither events nor raw, so nothing is measured. Write one of them.',
    );
  }
  if (pluginId !== undefined) {
    return at
      .at('plugin')
      .warn(
        `The SLO ${quote(
          slo.name,
        )} is left out: its queries are made by the plugin ${quote(
          pluginId,
        )}, which is a program of Sloth. Write the queries that it makes under events.`,
      );
  }
  if (rawQuery !== undefined) {
    const raw = ranged(rawQuery, at.at('raw', names.rawQuery));
    return raw === undefined
      ? undefined
      : { kind: 'raw', raw, rawType: 'failure' };
  }
  const events = at.at('events');
  const bad = ranged(errorQuery ?? '', events.at(names.errorQuery));
  const total = ranged(totalQuery ?? '', events.at(names.totalQuery));
  if (bad === undefined || total === undefined) return undefined;
  if (bad === total) {
    return events.error(
      'Both queries are the same, so everything would count as failed. Correct one of them.',
    );
  }
  return { kind: 'bad-ratio', bad, total, counter: false };
}

function ranged(written: string, spot: Spot): string | undefined {
  const query = readPromql(written, spot);
  if (query === undefined || hasWindow(query)) return query;
  return spot.error(
    'The query has no {{.window}}, so it could not be told for windows of different lengths; Sloth asks for it too. Write [{{.window}}] where the range stands.',
  );
}

function warnOfPlugins(spot: Spot) {
  spot.warn(
    'Plugins of Sloth are programs that change its rules; they are not run here. Everything else is carried over.',
  );
}
