import { InputError } from '@backstage/errors';

/**
 * A table behind a connection. Names are the server's own, unquoted.
 *
 * @public
 */
export interface TableRef {
  readonly connection: string;
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

const PLAIN_PART = /^[^\s."/\\]+$/;

/**
 * Writes a table as `<connection>/<catalog>.<schema>.<table>`. A part that
 * holds a dot, a quote or white space stands in double quotes, with a double
 * quote inside it doubled, as in SQL.
 *
 * @public
 */
export function formatTableRef(ref: TableRef): string {
  return `${ref.connection}/${formatTableName(ref)}`;
}

/**
 * Writes a table's name without its connection.
 *
 * @public
 */
export function formatTableName(ref: Omit<TableRef, 'connection'>): string {
  return [ref.catalog, ref.schema, ref.table]
    .map(part =>
      PLAIN_PART.test(part) ? part : `"${part.replace(/"/g, '""')}"`,
    )
    .join('.');
}

/**
 * Reads what {@link formatTableRef} writes.
 *
 * @throws InputError when the text is not `<connection>/<catalog>.<schema>.<table>`
 * @public
 */
export function parseTableRef(text: string): TableRef {
  const slash = text.indexOf('/');
  const connection = text.slice(0, Math.max(slash, 0)).trim();
  const parts = slash < 0 ? undefined : splitName(text.slice(slash + 1).trim());
  if (!connection || parts?.length !== 3 || parts.some(part => part === '')) {
    throw new InputError(
      `'${text}' does not name a table. Write <connection>/<catalog>.<schema>.<table>, with a part in double quotes when it holds a dot, a quote or a space.`,
    );
  }
  const [catalog, schema, table] = parts;
  return { connection, catalog, schema, table };
}

function splitName(name: string): string[] | undefined {
  const parts: string[] = [];
  let at = 0;
  while (at <= name.length) {
    if (name[at] === '"') {
      let part = '';
      at += 1;
      for (;;) {
        if (at >= name.length) return undefined;
        if (name[at] !== '"') {
          part += name[at];
          at += 1;
        } else if (name[at + 1] === '"') {
          part += '"';
          at += 2;
        } else {
          at += 1;
          break;
        }
      }
      parts.push(part);
      if (at < name.length && name[at] !== '.') return undefined;
    } else {
      const dot = name.indexOf('.', at);
      const end = dot < 0 ? name.length : dot;
      parts.push(name.slice(at, end));
      at = end;
    }
    if (at >= name.length) return parts;
    at += 1;
  }
  return undefined;
}
