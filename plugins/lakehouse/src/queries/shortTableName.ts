/** Without the catalog, which the tooltip tells: `gold.daily_sales`. */
export function shortTableName(name: string): string {
  const dot = name.startsWith('"') ? name.indexOf('".') + 1 : name.indexOf('.');
  return dot > 0 ? name.slice(dot + 1) : name;
}
