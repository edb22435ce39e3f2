/** A whole number in SQL. */
export function bigintLiteral(value: number): string {
  if (!Number.isSafeInteger(value)) {
    throw new TypeError(`${value} is no whole number`);
  }
  return String(value);
}

/** A text in SQL. */
export function varcharLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** `a.b.c` as names in SQL. */
export function tableName(table: string, suffix: string = ''): string {
  const parts = table.split('.');
  return parts
    .map((part, index) => (index === parts.length - 1 ? part + suffix : part))
    .map(part => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}
