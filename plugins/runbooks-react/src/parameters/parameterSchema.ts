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
  const filledByBackend = properties.flatMap(([name, property]) =>
    isObject(property) && isExpression(property.default) ? [name] : [],
  );
  const open: JsonObject = {
    ...rest,
    properties: Object.fromEntries(
      properties.map(([name, property]) => [
        name,
        isObject(property)
          ? withoutExpression({
              ...property,
              title: parameterTitle(schema, name),
            })
          : property,
      ]),
    ),
    required: required.filter(
      name =>
        typeof name === 'string' &&
        names.includes(name) &&
        !filledByBackend.includes(name),
    ),
  };
  return isFormSchema(open) ? { schema: open, names } : undefined;
}

function isExpression(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value.includes('${{');
}

/** A default that only the backend can work out is left to it. */
function withoutExpression(property: JsonObject): JsonObject {
  if (!isExpression(property.default)) return property;
  const { default: _default, description, ...rest } = property;
  const told = typeof description === 'string' ? `${description} ` : '';
  return {
    ...rest,
    description: `${told}Left empty, it is filled in from where you opened this.`,
  };
}

function propertyOf(schema: JsonObject, name: string): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const property = properties[name];
  return isObject(property) ? property : {};
}

/** Whether a parameter's value is nobody's to see. */
export function isSecret(schema: JsonObject, name: string): boolean {
  return propertyOf(schema, name).secret === true;
}

/** What a parameter may be chosen with. */
export function pickerOf(schema: JsonObject, name: string): string | undefined {
  const { type, 'x-picker': picker } = propertyOf(schema, name);
  return type === 'string' && typeof picker === 'string' ? picker : undefined;
}

/** What to call a parameter: its title, or its name in words. */
export function parameterTitle(schema: JsonObject, name: string): string {
  const { title } = propertyOf(schema, name);
  if (typeof title === 'string') return title;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
