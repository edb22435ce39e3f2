import type { Knex } from 'knex';

/** How entity refs stand in the column `target_owners`. */
export function ownersToColumn(owners: readonly string[]): string | undefined {
  return owners.length === 0 ? undefined : `|${owners.join('|')}|`;
}

/** Narrows a query on `runbook_runs` to targets that one of these owns. */
export function whereOwnedBy(
  query: Knex.QueryBuilder,
  owners: readonly string[],
): void {
  query.andWhere(any => {
    // Matches nothing when there is no owner to look for.
    any.whereRaw('1 = 0');
    for (const owner of owners) {
      const literal = owner.replace(/[\\%_]/g, character => `\\${character}`);
      any.orWhereRaw("target_owners like ? escape '\\'", [`%|${literal}|%`]);
    }
  });
}
