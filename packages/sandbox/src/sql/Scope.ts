import { type SqlType } from './SqlType';
import { type SourceLocation, TrinoError } from './TrinoError';

/** A column that an expression can name. */
export interface Field {
  name?: string;
  /** Catalog, schema and table, or the alias alone. */
  qualifier?: string[];
  type: SqlType;
  /** Reachable by name but left out of `*`, such as "$path". */
  hidden?: boolean;
}

export interface ResolvedName {
  index: number;
  type: SqlType;
  /** Names after the column: fields of a row. */
  rest: string[];
}

function endsWith(qualifier: string[] | undefined, parts: string[]): boolean {
  if (!qualifier || parts.length > qualifier.length) {
    return parts.length === 0;
  }
  return parts.every(
    (part, i) =>
      part.toLowerCase() ===
      qualifier[qualifier.length - parts.length + i].toLowerCase(),
  );
}

/** The columns of a relation and the rules by which names find them. */
export class Scope {
  constructor(readonly fields: Field[]) {}

  /** Longest qualifier first, so that `t.col.field` reads as Trino reads it. */
  resolve(parts: string[], location: SourceLocation): ResolvedName {
    const found = this.find(parts, location);
    if (!found) {
      throw new TrinoError({
        name: 'COLUMN_NOT_FOUND',
        message: `Column '${parts.join('.').toLowerCase()}' cannot be resolved`,
        location,
      });
    }
    return found;
  }

  find(parts: string[], location: SourceLocation): ResolvedName | undefined {
    for (let at = parts.length - 1; at >= 0; at--) {
      const matches = this.fields.flatMap((field, index) =>
        field.name?.toLowerCase() === parts[at].toLowerCase() &&
        endsWith(field.qualifier, parts.slice(0, at))
          ? [{ index, type: field.type, rest: parts.slice(at + 1) }]
          : [],
      );
      if (matches.length > 1) {
        throw new TrinoError({
          name: 'AMBIGUOUS_NAME',
          message: `Column '${parts.join('.').toLowerCase()}' is ambiguous`,
          location,
        });
      }
      if (matches.length === 1) {
        return matches[0];
      }
    }
    return undefined;
  }

  /** Indexes of the columns that `*` or `qualifier.*` stands for. */
  starIndexes(qualifier: string[] = []): number[] {
    return this.fields.flatMap((field, index) =>
      !field.hidden && endsWith(field.qualifier, qualifier) ? [index] : [],
    );
  }
}
