import { valueKey } from './compareValues';
import { type Compiled } from './Compiled';
import { containerFunctions } from './containerFunctions';
import { formatType } from './formatType';
import { type SqlValue } from './SqlValue';
import { type SourceLocation, TrinoError } from './TrinoError';

/** A field of a row by its name. */
export function compileField(
  base: Compiled,
  access: { field: string; location: SourceLocation },
): Compiled {
  const fields = base.type.kind === 'row' ? base.type.fields : [];
  const index = fields.findIndex(
    field => field.name?.toLowerCase() === access.field.toLowerCase(),
  );
  if (index < 0) {
    throw new TrinoError({
      name: 'COLUMN_NOT_FOUND',
      message: `Column '${access.field}' cannot be resolved`,
      location: access.location,
    });
  }
  return {
    type: fields[index].type,
    evaluate(row) {
      const value = base.evaluate(row);
      return typeof value === 'object' && value.kind === 'row'
        ? value.fields[index]
        : undefined;
    },
  };
}

/** Fails like Trino where a key or position is not there. */
function checkPresent(container: SqlValue, key: SqlValue): void {
  if (typeof container !== 'object') {
    return;
  }
  const missing =
    container.kind === 'map' &&
    !container.entries.some(([k]) => valueKey(k) === valueKey(key));
  if (missing) {
    throw new TrinoError({
      name: 'INVALID_FUNCTION_ARGUMENT',
      message: `Key not present in map: ${key}`,
    });
  }
  if (container.kind === 'array' && Number(key) > container.items.length) {
    throw new TrinoError({
      name: 'INVALID_FUNCTION_ARGUMENT',
      message: `Array subscript must be less than or equal to array length: ${key} > ${container.items.length}`,
    });
  }
}

/** `map[key]` and `array[position]`. */
export function compileSubscript(
  base: Compiled,
  index: Compiled,
  location: SourceLocation,
): Compiled {
  const element = containerFunctions.element_at([base, index]);
  if (!element) {
    throw new TrinoError({
      name: 'TYPE_MISMATCH',
      message: `Cannot apply operator: ${formatType(base.type)}[${formatType(
        index.type,
      )}]`,
      location,
    });
  }
  return {
    type: element.type,
    evaluate(row) {
      const value = element.evaluate(row);
      const key = index.evaluate(row);
      if (value === undefined && key !== undefined) {
        checkPresent(base.evaluate(row), key);
      }
      return value;
    },
  };
}
