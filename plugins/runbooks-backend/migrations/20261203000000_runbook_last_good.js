/**
 * Which version of a file was the last that could be used: a process that
 * starts while the file is broken or can't be read goes on with it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('runbook_last_good', table => {
    table.comment('The last version of each runbook file that could be used');
    table.string('location_hash', 64).primary();
    table.string('hash', 64).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('runbook_last_good');
};
