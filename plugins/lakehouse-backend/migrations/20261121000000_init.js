/**
 * Text is compared byte by byte on PostgreSQL, so that the store's merge rule
 * (the larger of two texts) means the same there as on SQLite and in memory.
 */
function textType(knex) {
  return /pg|postgres/.test(knex.client.config.client)
    ? 'text COLLATE "C"'
    : 'text';
}

const FIGURES = [
  'started_at',
  'ended_at',
  'queued_ms',
  'analysis_ms',
  'planning_ms',
  'execution_ms',
  'wall_ms',
  'cpu_ms',
  'input_bytes',
  'input_rows',
  'output_bytes',
  'output_rows',
  'written_bytes',
  'written_rows',
  'spilled_bytes',
  'peak_memory_bytes',
  'error_code',
];

const TEXTS = [
  'user_name',
  'source',
  'client_tags',
  'resource_group',
  'query_type',
  'error_name',
  'error_type',
  'error_message',
  'query_text',
  'trace_token',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const text = textType(knex);

  await knex.schema.createTable('queries', table => {
    table.comment('One row per query: what was told of it by all witnesses');
    table.specificType('connection', text).notNullable();
    table.specificType('query_id', text).notNullable();
    table
      .integer('listener_mask')
      .notNullable()
      .comment('Bit per field that the event listener has told');
    table.integer('state_rank').notNullable();
    table
      .bigInteger('alive_at')
      .comment('Epoch ms at which it was last seen alive');
    table
      .bigInteger('vanished_at')
      .comment('Epoch ms at which a poll did not see it any more');
    table.bigInteger('listener_at');
    table.bigInteger('poll_at');
    table.bigInteger('created_at').notNullable();
    table.integer('text_truncated');
    table.double('progress');
    for (const column of FIGURES) table.bigInteger(column);
    for (const column of TEXTS) table.specificType(column, text);
    table.primary(['connection', 'query_id']);
    table.index(['connection', 'created_at'], 'queries_created_idx');
    table.index(['connection', 'ended_at'], 'queries_ended_idx');
    table.index(['connection', 'state_rank'], 'queries_state_idx');
  });

  await knex.schema.createTable('query_tables', table => {
    table.comment('Which tables a query read and wrote');
    table.specificType('connection', text).notNullable();
    table.specificType('query_id', text).notNullable();
    table.specificType('table_name', text).notNullable();
    table.integer('written').notNullable();
    table.primary(['connection', 'query_id', 'table_name', 'written']);
    table.index(
      ['connection', 'table_name', 'written'],
      'query_tables_table_idx',
    );
  });

  await knex.schema.createTable('witnesses', table => {
    table.comment('When each witness last told of a query');
    table.specificType('connection', text).notNullable();
    table.string('witness', 16).notNullable();
    table.bigInteger('observed_at').notNullable();
    table.primary(['connection', 'witness']);
  });

  await knex.schema.createTable('cluster_samples', table => {
    table.specificType('connection', text).notNullable();
    table.bigInteger('sampled_at').notNullable();
    table.text('sample').notNullable();
    table.text('resource_groups');
    table.primary(['connection', 'sampled_at']);
  });

  await knex.schema.createTable('cluster_parts', table => {
    table.comment('The last known nodes and resource groups of each cluster');
    table.specificType('connection', text).notNullable();
    table.string('part', 32).notNullable();
    table.bigInteger('observed_at').notNullable();
    table.text('content').notNullable();
    table.primary(['connection', 'part']);
  });

  await knex.schema.createTable('tables', table => {
    table.comment('The newest look at each table');
    table.specificType('connection', text).notNullable();
    table.specificType('table_name', text).notNullable();
    table.bigInteger('inspected_at').notNullable();
    table.bigInteger('dropped_at');
    table.text('snapshot_id');
    table.integer('status_rank').notNullable();
    table.double('score');
    table.bigInteger('data_files');
    table.bigInteger('size_bytes');
    table.bigInteger('committed_at');
    table.text('health').notNullable();
    table.primary(['connection', 'table_name']);
  });

  await knex.schema.createTable('table_history', table => {
    table.specificType('connection', text).notNullable();
    table.specificType('table_name', text).notNullable();
    table.bigInteger('inspected_at').notNullable();
    table.double('score');
    table.bigInteger('data_files');
    table.bigInteger('small_files');
    table.bigInteger('snapshots');
    table.bigInteger('size_bytes');
    table.primary(['connection', 'table_name', 'inspected_at']);
    table.index(['inspected_at'], 'table_history_inspected_idx');
  });

  await knex.schema.createTable('sweeps', table => {
    table.specificType('connection', text).notNullable().primary();
    table.bigInteger('swept_at').notNullable();
  });

  await knex.schema.createTable('gaps', table => {
    table.comment('What could not be observed, and for how long');
    table.increments('id');
    table.specificType('connection', text).notNullable();
    table.specificType('subject', text).notNullable();
    table.bigInteger('since_at').notNullable();
    table.bigInteger('until_at');
    table.string('code', 32).notNullable();
    table.text('reason').notNullable();
    table.text('remedy').notNullable();
    table.index(['connection', 'until_at'], 'gaps_until_idx');
  });
  await knex.raw(
    'CREATE UNIQUE INDEX gaps_open_idx ON gaps (connection, subject) WHERE until_at IS NULL',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of [
    'gaps',
    'sweeps',
    'table_history',
    'tables',
    'cluster_parts',
    'cluster_samples',
    'witnesses',
    'query_tables',
    'queries',
  ]) {
    await knex.schema.dropTable(name);
  }
};
