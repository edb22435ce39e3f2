import type { JsonObject, JsonValue } from '@backstage/types';
import type { RJSFSchema } from '@rjsf/utils';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A form can be made of any JSON Schema that describes an object. */
function isFormSchema(schema: JsonObject): schema is JsonObject & RJSFSchema {
  return schema.type === 'object' && isObject(schema.properties);
}

/** What a person still has to, or may, say. */
export interface OpenParameters {
  /** Schema of the parameters that the context has not given. */
  readonly schema: RJSFSchema;
  readonly names: readonly string[];
}

/**
 * Takes the parameters that the context has given out of a runbook's schema.
 * `undefined` when nothing is left to ask.
 */
export function openParameters(
  schema: JsonObject,
  given: JsonObject,
): OpenParameters | undefined {
  // The form's validator knows the keywords, not every dialect's address.
  const { $schema, ...rest } = schema;
  const properties = Object.entries(
    isObject(rest.properties) ? rest.properties : {},
  ).filter(([name]) => given[name] === undefined);
  if (!properties.length) return undefined;

  const names = properties.map(([name]) => name);
  const required = Array.isArray(rest.required) ? rest.required : [];
  const open: JsonObject = {
    ...rest,
    properties: Object.fromEntries(
      properties.map(([name, property]) => [
        name,
        isObject(property)
          ? { ...property, title: parameterTitle(schema, name) }
          : property,
      ]),
    ),
    required: required.filter(
      name => typeof name === 'string' && names.includes(name),
    ),
  };
  return isFormSchema(open) ? { schema: open, names } : undefined;
}

/** What to call a parameter: its title, or its name in words. */
export function parameterTitle(schema: JsonObject, name: string): string {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const property = properties[name];
  if (isObject(property) && typeof property.title === 'string') {
    return property.title;
  }
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
