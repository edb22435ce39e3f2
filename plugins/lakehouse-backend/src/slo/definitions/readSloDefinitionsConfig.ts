import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

const DEFAULT_RETENTION_DAYS = 400;
const RETENTION_DAYS_MAX = 3_660;
const LOCATIONS_MAX = 500;

/** A file that the config names. */
export interface SloLocation {
  /** URL, or path from the folder that the backend runs in. */
  readonly target: string;
  /** Entity that its SLOs belong to, lower case. */
  readonly entity?: string;
  /** Prometheus connection of what names none. */
  readonly connection?: string;
}

/** What `lakehouse.slo` says of definitions. */
export interface SloDefinitionsConfig {
  readonly locations: readonly SloLocation[];
  /** How long counts are kept. */
  readonly retentionDays: number;
  /** Names in `lakehouse.slo.notificationTargets`. */
  readonly notificationTargets: readonly string[];
}

/** @throws InputError that names the field which can't be used */
export function readSloDefinitionsConfig(config: Config): SloDefinitionsConfig {
  const slo = config.getOptionalConfig('lakehouse.slo');
  const locations = slo?.getOptionalConfigArray('locations') ?? [];
  if (locations.length > LOCATIONS_MAX) {
    throw new InputError(
      `lakehouse.slo.locations has ${locations.length} entries; at most ${LOCATIONS_MAX} are read. Put several SLOs in one file, or name files by the annotation of their entities.`,
    );
  }
  const retentionDays =
    slo?.getOptionalNumber('retentionDays') ?? DEFAULT_RETENTION_DAYS;
  if (
    !Number.isInteger(retentionDays) ||
    retentionDays < 1 ||
    retentionDays > RETENTION_DAYS_MAX
  ) {
    throw new InputError(
      `lakehouse.slo.retentionDays is ${retentionDays}. Set a whole number from 1 to ${RETENTION_DAYS_MAX}, or leave it out for ${DEFAULT_RETENTION_DAYS}.`,
    );
  }
  return {
    locations: locations.map(readLocation),
    retentionDays,
    notificationTargets:
      slo?.getOptionalConfig('notificationTargets')?.keys() ?? [],
  };
}

function readLocation(location: Config, index: number): SloLocation {
  const entity = location.getOptionalString('entity');
  return {
    target: location.getString('target'),
    entity: entity === undefined ? undefined : readEntity(entity, index),
    connection: location.getOptionalString('connection'),
  };
}

function readEntity(text: string, index: number): string {
  try {
    const ref = parseEntityRef(text, {
      defaultKind: 'Component',
      defaultNamespace: 'default',
    });
    return stringifyEntityRef(ref).toLocaleLowerCase('en-US');
  } catch (error) {
    throw new InputError(
      `lakehouse.slo.locations[${index}].entity is '${text}', which is no entity ref. Write kind:namespace/name, such as component:default/personal-api.`,
      error,
    );
  }
}
