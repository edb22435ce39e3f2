/**
 * What was known of a run's target when it was started, for permissions that
 * ask who owns it and which environment it is in.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runbook_runs', table => {
    // Entity refs, each between bars, so that one is found whole.
    table.text('target_owners');
    table.string('target_environment', 255);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('runbook_runs', table => {
    table.dropColumns('target_owners', 'target_environment');
  });
};
