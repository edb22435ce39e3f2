/**
 * Alerts that were heard, and whose runbooks are not all started yet: a process
 * that dies meanwhile leaves them to the next one.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('runbook_heard_alerts', table => {
    table.comment('Alerts that are to start runbooks, until they have');
    table.string('alert_id', 512).primary();
    table.text('alert').notNullable();
    table.string('heard_at', 24).notNullable().index();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('runbook_heard_alerts');
};
