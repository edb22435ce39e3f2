import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { SuggestionSubject } from './SuggestionSubject';

const propertiesSchema = z.object({
  properties: z.record(
    z.string(),
    z.object({
      'x-from': z.string().max(512).optional(),
      type: z.string().optional(),
    }),
  ),
});

const ANNOTATION =
  /^annotation:([^#]+)(?:#(connection|namespace|rest|field=\w+))?$/;

/**
 * Fills parameters in from where a runbook is opened, as the `x-from` of each
 * one's schema tells. What the context does not hold is left out, for a person
 * to fill in.
 *
 * @param entity - the one that the runbook is for
 */
export function fillParameters(
  schema: JsonObject,
  subject: SuggestionSubject,
  entity: Entity | undefined = subject.entity,
): JsonObject {
  const parsed = propertiesSchema.safeParse(schema);
  if (!parsed.success) return {};
  const filled: JsonObject = {};
  for (const [name, property] of Object.entries(parsed.data.properties)) {
    const from = property['x-from'];
    if (from === undefined || (property.type ?? 'string') !== 'string')
      continue;
    const value = valueOf(from, subject, entity);
    if (value !== undefined && value !== '') filled[name] = value;
  }
  return filled;
}

function valueOf(
  from: string,
  subject: SuggestionSubject,
  entity: Entity | undefined,
): string | undefined {
  const annotation = ANNOTATION.exec(from);
  if (annotation) {
    const [, name, part] = annotation;
    return partOf(annotationOf(name, subject, entity), part);
  }
  const { slo, condition, system, connection } = subject;
  switch (from) {
    case 'entity.ref':
      return entity && stringifyEntityRef(entity);
    case 'entity.name':
      return entity?.metadata.name;
    case 'slo.name':
      return slo?.name;
    case 'slo.indicator':
      return slo?.indicator;
    case 'condition.system':
      return condition?.system;
    case 'condition.name':
      return condition?.name;
    case 'target.system':
      return system;
    case 'target.connection':
      return connection;
    default:
      return undefined;
  }
}

/** Of the entity, or of what it depends on when only one of that has it. */
function annotationOf(
  name: string,
  { dependencies }: SuggestionSubject,
  entity: Entity | undefined,
): string | undefined {
  const own = readAnnotation(entity, name);
  if (own !== undefined) return own;
  const others = dependencies
    .map(dependency => readAnnotation(dependency, name))
    .filter(value => value !== undefined);
  return new Set(others).size === 1 ? others[0] : undefined;
}

function readAnnotation(
  entity: Entity | undefined,
  name: string,
): string | undefined {
  const annotations = entity?.metadata.annotations ?? {};
  return Object.hasOwn(annotations, name) ? annotations[name] : undefined;
}

/**
 * An annotation such as `cache/personal-api:` is a connection and what is in it,
 * or in one of its namespaces; one such as `source=personal-api,user=etl` has fields.
 */
function partOf(
  value: string | undefined,
  part: string | undefined,
): string | undefined {
  if (value === undefined || part === undefined) return value;
  const [, field] = part.split('field=');
  if (field !== undefined) return fieldOf(value, field);
  const slash = value.indexOf('/');
  if (part === 'connection') return slash < 0 ? value : value.slice(0, slash);
  const rest = slash < 0 ? undefined : value.slice(slash + 1);
  return part === 'namespace' ? rest?.split('/', 1).at(0) : rest;
}

function fieldOf(value: string, field: string): string | undefined {
  const pair = value
    .split(',')
    .map(each => each.trim())
    .find(each => each.startsWith(`${field}=`));
  return pair?.slice(field.length + 1).trim();
}
