import type { Knex } from 'knex';
import type { BookPlan } from './planBookChanges';
import { rowChunks } from './rowChunks';
import { rowOfStanding, versionRowOf } from './sloBookRows';
import { VERSIONS_MAX } from './VersionShelf';

/** Writes which SLOs begin, change, move and end. */
export async function writeBookPlan(
  trx: Knex.Transaction,
  plan: BookPlan,
  atMs: number,
): Promise<void> {
  if (!changesAnything(plan)) return;
  const over = [...plan.changed.map(({ id }) => id), ...plan.removed];
  for (const ids of rowChunks(over)) {
    await trx('slo_versions')
      .whereIn('slo_id', ids)
      .whereNull('until_at')
      .update({ until_at: atMs });
  }
  for (const ids of rowChunks(plan.removed)) {
    await trx('slos').whereIn('id', ids).delete();
  }
  const begun = [...plan.added, ...plan.changed];
  for (const slos of rowChunks(begun)) {
    await trx('slo_versions').insert(slos.map(versionRowOf));
  }
  for (const { id, version } of begun) {
    if (version <= VERSIONS_MAX) continue;
    await trx('slo_versions')
      .where('slo_id', id)
      .where('version', '<=', version - VERSIONS_MAX)
      .delete();
  }
  for (const slos of rowChunks([...begun, ...plan.moved])) {
    await trx('slos').insert(slos.map(rowOfStanding)).onConflict('id').merge();
  }
  await trx('slo_book').where('id', 1).increment('revision', 1);
}

/** Whether any SLO is another one afterwards. */
export function changesAnything(plan: BookPlan): boolean {
  return (
    plan.added.length + plan.changed.length + plan.moved.length > 0 ||
    plan.removed.length > 0
  );
}
