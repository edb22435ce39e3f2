/** Text is compared byte by byte on PostgreSQL, as it is on SQLite and in memory. */
function textType(knex) {
  return /pg|postgres/.test(knex.client.config.client)
    ? 'text COLLATE "C"'
    : 'text';
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const text = textType(knex);

  await knex.schema.createTable('slo_book', table => {
    table.comment(
      'One row: counts the changes, so that each replica sees them',
    );
    table.integer('id').notNullable().primary();
    table.bigInteger('revision').notNullable();
  });
  await knex('slo_book').insert({ id: 1, revision: 0 });

  await knex.schema.createTable('slo_files', table => {
    table.comment('Files of definitions, as they were looked at last');
    table
      .specificType('owned_by', text)
      .notNullable()
      .comment('Ref of the entity that names it; empty for the config');
    table.specificType('location', text).notNullable();
    table.string('format', 16);
    table.bigInteger('checked_at').notNullable();
    table.bigInteger('used_since').comment('Of the version in use');
    table
      .bigInteger('missing_since')
      .comment('Epoch ms since which nothing names it any more');
    table.specificType('content', text).comment('Text of the version in use');
    table.specificType('problems', text).notNullable();
    table.primary(['owned_by', 'location']);
  });

  await knex.schema.createTable('slos', table => {
    table.comment('Definitions that stand');
    table.specificType('id', text).notNullable().primary();
    table.specificType('owned_by', text).notNullable();
    table.specificType('location', text).notNullable();
    table.specificType('entity_ref', text);
    table.specificType('owner', text);
    table.specificType('on_call', text);
    table.specificType('system', text);
    table.specificType('edit_url', text);
    table.specificType('definition', text).notNullable();
    table.integer('version').notNullable();
    table.bigInteger('since_at').notNullable();
    table.index(['owned_by', 'location'], 'slos_file_idx');
  });

  await knex.schema.createTable('slo_versions', table => {
    table.comment('Definitions as they stood, each for its time');
    table.specificType('slo_id', text).notNullable();
    table.integer('version').notNullable();
    table.bigInteger('from_at').notNullable();
    table.bigInteger('until_at');
    table.specificType('definition', text).notNullable();
    table.primary(['slo_id', 'version']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of ['slo_versions', 'slos', 'slo_files', 'slo_book']) {
    await knex.schema.dropTable(name);
  }
};
