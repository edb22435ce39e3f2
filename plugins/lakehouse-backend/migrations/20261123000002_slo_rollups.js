/** Text is compared byte by byte on PostgreSQL, as on SQLite and in memory. */
function isPostgres(knex) {
  return /pg|postgres/.test(knex.client.config.client);
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const postgres = isPostgres(knex);
  const text = postgres ? 'text COLLATE "C"' : 'text';

  await knex.schema.createTable('slo_series', table => {
    table.comment('What is counted for objectives, and how far');
    table.specificType('series_id', text).notNullable().primary();
    table.specificType('connection', text).notNullable();
    table.string('kind', 16).notNullable();
    table.specificType('definition', text).notNullable();
    table
      .bigInteger('counted_from_at')
      .notNullable()
      .comment('Epoch ms of the first minute that is counted');
    table
      .bigInteger('pending_from_at')
      .comment('Epoch ms to which the past is still to be counted');
    table
      .bigInteger('observed_at')
      .comment('Epoch ms of the newest minute that was observed');
    table.text('problem').comment('What kept it from being observed last');
    table
      .bigInteger('ended_at')
      .comment('Epoch ms since which no objective asks for it');
    table.index(['connection', 'kind'], 'slo_series_connection_idx');
  });

  await knex.schema.createTable('slo_marks', table => {
    table.comment('How far something has come, by connection');
    table.specificType('connection', text).notNullable();
    table.string('name', 32).notNullable();
    table.bigInteger('value').notNullable();
    table.primary(['connection', 'name']);
  });

  await knex.schema.createTable('slo_buckets', table => {
    table.comment('Sums of a series by minute (1), hour (2) and day (3), UTC');
    table.specificType('series_id', text).notNullable();
    table.specificType('width', 'smallint').notNullable();
    table.bigInteger('start_at').notNullable();
    table.double('good').notNullable();
    table.double('total').notNullable();
    table.integer('observed_minutes').notNullable();
    table
      .double('slices_good')
      .notNullable()
      .defaultTo(0)
      .comment('Of the time slices that begin in it; hours and days only');
    table.double('slices_total').notNullable().defaultTo(0);
    table.double('slices_ratio').notNullable().defaultTo(0);
    table
      .specificType('dirty', 'smallint')
      .notNullable()
      .defaultTo(0)
      .comment(
        '1: slices of this hour are to be counted anew from its minutes',
      );
    table.primary(['series_id', 'width', 'start_at']);
  });
  await knex.raw(
    'CREATE INDEX slo_buckets_dirty_idx ON slo_buckets (series_id, start_at) WHERE dirty = 1',
  );
  await knex.raw(
    'CREATE INDEX slo_buckets_age_idx ON slo_buckets (width, start_at)',
  );
  if (postgres) {
    // Room on each page for sums that grow in place, without new index entries.
    await knex.raw('ALTER TABLE slo_buckets SET (fillfactor = 70)');
  }

  await knex.schema.createTable('slo_spenders', table => {
    table.comment('Bad events of an hour by what they had in common');
    table.specificType('series_id', text).notNullable();
    table.bigInteger('hour_at').notNullable();
    table.string('dimension', 16).notNullable();
    table.specificType('value', text).notNullable();
    table.double('bad').notNullable();
    table.primary(['series_id', 'hour_at', 'dimension', 'value']);
    table.index(['hour_at'], 'slo_spenders_age_idx');
  });

  await knex.schema.createTable('slo_latency_bins', table => {
    table.comment('Latencies of a day (UTC) by logarithmic bin');
    table.specificType('series_id', text).notNullable();
    table.bigInteger('day_at').notNullable();
    table.integer('bin').notNullable();
    table.double('count').notNullable();
    table.primary(['series_id', 'day_at', 'bin']);
    table.index(['day_at'], 'slo_latency_bins_age_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of [
    'slo_latency_bins',
    'slo_spenders',
    'slo_buckets',
    'slo_marks',
    'slo_series',
  ]) {
    await knex.schema.dropTable(name);
  }
};
