import { z } from 'zod';
import { fields, optional, quote } from '../yaml/fields';
import { didYouMean } from '../yaml/nearestName';
import type { Spot } from '../yaml/Spot';
import {
  alertConditionSpec,
  alertNotificationTargetSpec,
  alertPolicySpec,
} from './alertSchemas';
import { metadata } from './metadata';
import { readSpec } from './readSpec';
import { dataSourceSpec, serviceSpec, sliSpec, sloSpec } from './sloSchemas';

export const OPENSLO_VERSION = 'openslo/v1';

/** Each kind with the schema of its objects. */
const SCHEMAS = {
  SLO: schemaOf('SLO', sloSpec),
  SLI: schemaOf('SLI', sliSpec),
  DataSource: schemaOf('DataSource', dataSourceSpec),
  AlertPolicy: schemaOf('AlertPolicy', alertPolicySpec),
  AlertCondition: schemaOf('AlertCondition', alertConditionSpec),
  AlertNotificationTarget: schemaOf(
    'AlertNotificationTarget',
    alertNotificationTargetSpec,
  ),
  Service: schemaOf('Service', optional(serviceSpec)),
} as const;

export type OpenSloKind = keyof typeof SCHEMAS;

export type OpenSloOf<K extends OpenSloKind> = z.output<(typeof SCHEMAS)[K]>;

/** An object of one of OpenSLO's kinds that its schema allows. */
export type OpenSloObject = { [K in OpenSloKind]: OpenSloOf<K> }[OpenSloKind];

const KINDS = Object.keys(SCHEMAS);

function schemaOf<K extends string, T extends z.ZodType>(kind: K, spec: T) {
  return fields({
    apiVersion: z.literal(OPENSLO_VERSION),
    kind: z.literal(kind),
    metadata,
    spec,
  });
}

/** Checks an object against OpenSLO's rules for its kind; tells at its places what breaks them. */
export function readOpenSloObject(
  value: unknown,
  spot: Spot,
): OpenSloObject | undefined {
  const head = z.looseObject({ kind: z.unknown().optional() }).safeParse(value);
  const kind = head.success ? head.data.kind : undefined;
  if (typeof kind !== 'string' || !isKind(kind)) {
    return spot.at('kind').error(explainKind(kind));
  }
  return readSpec<z.ZodType<OpenSloObject>>(SCHEMAS[kind], value, spot);
}

function isKind(kind: string): kind is OpenSloKind {
  return KINDS.includes(kind);
}

function explainKind(kind: unknown): string {
  const known = `Write one of ${KINDS.join(', ')}.`;
  if (typeof kind !== 'string') {
    return `The kind is missing, so nobody knows what this is. ${known}`;
  }
  return `There is no kind ${quote(kind)} in ${OPENSLO_VERSION}.${didYouMean(
    kind,
    KINDS,
  )} ${known}`;
}
