/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('slo_states', table => {
    table
      .text('window_counts')
      .comment('What the evaluation counted over the window, as JSON');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('slo_states', table => {
    table.dropColumn('window_counts');
  });
};
