/**
 * Text is compared byte by byte on PostgreSQL, so that the larger of two texts
 * is the same there as on SQLite and in memory.
 */
function textType(knex) {
  return /pg|postgres/.test(knex.client.config.client)
    ? 'text COLLATE "C"'
    : 'text';
}

/** Bins of fill time that applications count by. */
const FILL_BINS = 15;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const text = textType(knex);

  await knex.schema.createTable('documents', table => {
    table.comment('The newest of what was told of each thing, as JSON');
    table.specificType('connection', text).notNullable();
    table.string('kind', 32).notNullable();
    table.specificType('document_id', text).notNullable();
    table.bigInteger('observed_at').notNullable();
    table.specificType('content', text).notNullable();
    table.primary(['connection', 'kind', 'document_id']);
    table.index(['observed_at'], 'documents_observed_idx');
  });

  await knex.schema.createTable('samples', table => {
    table.comment('Looks at systems over time, as JSON');
    table.specificType('connection', text).notNullable();
    table.string('kind', 32).notNullable();
    table.bigInteger('sampled_at').notNullable();
    table.specificType('content', text).notNullable();
    table.primary(['connection', 'kind', 'sampled_at']);
    table.index(['sampled_at'], 'samples_sampled_idx');
  });

  await knex.schema.createTable('occurrences', table => {
    table.comment('What happened, for a moment or for a time, as JSON');
    table.specificType('connection', text).notNullable();
    table.string('kind', 32).notNullable();
    table.specificType('subject', text).notNullable();
    table.specificType('occurrence_id', text).notNullable();
    table.bigInteger('started_at').notNullable();
    table
      .bigInteger('touched_at')
      .notNullable()
      .comment('Epoch ms of its end, or of its beginning while it has none');
    table.integer('open').notNullable();
    table
      .specificType('revision', text)
      .notNullable()
      .comment('Of two tellings the one with the larger revision stands');
    table.specificType('content', text).notNullable();
    table.primary(['connection', 'kind', 'subject', 'occurrence_id']);
    table.index(
      ['connection', 'kind', 'subject', 'started_at'],
      'occurrences_started_idx',
    );
    table.index(['touched_at'], 'occurrences_touched_idx');
  });

  await knex.schema.createTable('cache_use', table => {
    table.comment(
      'What each instance of an application counted in each window',
    );
    table.specificType('connection', text).notNullable();
    table.specificType('prefix', text).notNullable();
    table
      .specificType('instance', text)
      .notNullable()
      .comment('Empty in a row that sums several');
    table.integer('instances').notNullable();
    table.integer('covered_seconds').notNullable();
    table.integer('window_seconds').notNullable();
    table.bigInteger('ended_at').notNullable();
    for (const column of [
      'hits',
      'misses',
      'writes',
      'deletes',
      'duplicate_misses',
    ]) {
      table.bigInteger(column).notNullable();
    }
    for (let bin = 0; bin < FILL_BINS; bin += 1) {
      table.bigInteger(`fills_${bin}`).notNullable();
    }
    table.specificType('source', text);
    table.text('hot_keys').comment('Keys missed while being filled, as JSON');
    // The time before the names: reads are of one connection and a range.
    table.primary([
      'connection',
      'ended_at',
      'prefix',
      'instance',
      'window_seconds',
    ]);
    table.index(['ended_at'], 'cache_use_ended_idx');
    table.index(['instance', 'ended_at'], 'cache_use_instance_idx');
  });

  await knex.raw(
    'CREATE INDEX queries_error_idx ON queries (connection, error_name, created_at) WHERE error_name IS NOT NULL',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP INDEX queries_error_idx');
  for (const name of ['cache_use', 'occurrences', 'samples', 'documents']) {
    await knex.schema.dropTable(name);
  }
};
