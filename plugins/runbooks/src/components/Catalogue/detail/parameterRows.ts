import type { JsonObject, JsonValue } from '@backstage/types';

/** A parameter as the catalogue tells it. */
export interface ParameterRow {
  readonly name: string;
  readonly title?: string;
  readonly type: string;
  readonly needed: boolean;
  readonly secret: boolean;
  readonly defaultText?: string;
  readonly description?: string;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const textOf = (value: JsonValue | undefined) =>
  typeof value === 'string' ? value : undefined;

function typeOf(property: JsonObject): string {
  const picker = textOf(property['x-picker']);
  if (picker) return picker.replace(/-/g, ' ');
  if (Array.isArray(property.enum)) return property.enum.join(' | ');
  if (Array.isArray(property.type)) return property.type.join(' or ');
  return textOf(property.type) ?? 'any';
}

/** The parameters of a runbook's schema, those that are needed first. */
export function parameterRows(schema: JsonObject): ParameterRow[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties)
    .map(([name, value]): ParameterRow => {
      const property = isObject(value) ? value : {};
      const { default: fallback } = property;
      return {
        name,
        title: textOf(property.title),
        type: typeOf(property),
        needed: required.includes(name),
        secret: property.secret === true,
        defaultText:
          fallback === undefined
            ? undefined
            : textOf(fallback) ?? JSON.stringify(fallback),
        description: textOf(property.description),
      };
    })
    .sort((a, b) => Number(b.needed) - Number(a.needed));
}
