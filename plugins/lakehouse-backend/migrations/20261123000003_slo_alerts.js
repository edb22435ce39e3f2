/**
 * Text is compared byte by byte on PostgreSQL, so that lists are in the same
 * order there as on SQLite.
 */
function textType(knex) {
  return /pg|postgres/.test(knex.client.config.client)
    ? 'text COLLATE "C"'
    : 'text';
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const text = textType(knex);

  await knex.schema.createTable('slo_states', table => {
    table.comment('The newest evaluation of each SLO');
    table.specificType('slo_id', text).notNullable().primary();
    table
      .integer('rank')
      .notNullable()
      .comment('Of its status: 0 breached, 1 at risk, 2 unknown, 3 healthy');
    table
      .double('remaining_order')
      .notNullable()
      .comment('Share of the budget that is left; unknown ones come last');
    table.integer('firing').notNullable();
    table.specificType('owner', text);
    table.specificType('system', text);
    table.specificType('entity_ref', text);
    table
      .specificType('connections', text)
      .notNullable()
      .comment('JSON array in alphabetical order');
    table
      .specificType('search_text', text)
      .notNullable()
      .comment('Name, title and service in lower case');
    table
      .specificType('alert_key', text)
      .notNullable()
      .comment('Status and state of each alert: a change of it is told');
    table.specificType('content_hash', text).notNullable();
    table.bigInteger('evaluated_at').notNullable();
    table.text('content').notNullable();
    table.index(['rank', 'remaining_order', 'slo_id'], 'slo_states_worst_idx');
    table.index(['entity_ref'], 'slo_states_entity_idx');
  });

  await knex.schema.createTable('slo_rounds', table => {
    table.comment('When something was last done for all SLOs at once');
    table.string('name', 32).notNullable().primary();
    table.bigInteger('at').notNullable();
  });

  await knex.schema.createTable('slo_alerts', table => {
    table.comment('Times in which an alert was pending or fired');
    table.specificType('alert_id', text).notNullable().primary();
    table.specificType('slo_id', text).notNullable();
    table.specificType('condition_key', text).notNullable();
    table.specificType('severity', text).notNullable();
    table.string('state', 16).notNullable();
    table.integer('revision').notNullable();
    table
      .specificType('group_id', text)
      .comment(
        'Alerts that fired together, which are told in one notification',
      );
    table.bigInteger('pending_at').notNullable();
    table
      .bigInteger('held_ms')
      .notNullable()
      .comment('How long its condition held while it was looked at');
    table.bigInteger('looked_at').notNullable();
    table.bigInteger('fired_at');
    table.bigInteger('resolved_at');
    table.string('resolution', 32);
    table.text('explanation').notNullable();
    table.integer('definition_version').notNullable();
    table
      .text('subject')
      .notNullable()
      .comment('What it is told of, as it stood when it fired; JSON');
    table.index(['slo_id', 'pending_at'], 'slo_alerts_slo_idx');
    table.index(['group_id'], 'slo_alerts_group_idx');
    table.index(['resolved_at'], 'slo_alerts_resolved_idx');
  });
  await knex.raw(
    'CREATE UNIQUE INDEX slo_alerts_open_idx ON slo_alerts (slo_id, condition_key) WHERE resolved_at IS NULL',
  );

  await knex.schema.createTable('slo_budget_steps', table => {
    table.comment('Steps of budget policies that are crossed now');
    table.specificType('slo_id', text).notNullable();
    table.double('remaining').notNullable();
    table.bigInteger('crossed_at').notNullable();
    table.primary(['slo_id', 'remaining']);
  });

  await knex.schema.createTable('slo_deliveries', table => {
    table.comment('What is to be told of alerts, and what was');
    table.increments('delivery_id');
    table
      .specificType('message_id', text)
      .notNullable()
      .comment('Rows that are sent together; the receiver sees it as a key');
    table
      .specificType('thread_id', text)
      .notNullable()
      .comment('Messages of one thread reach a target in order');
    table.specificType('slo_id', text).notNullable();
    table.specificType('alert_id', text);
    table.specificType('target', text).notNullable();
    table.string('kind', 16).notNullable();
    table.string('state', 16).notNullable();
    table.integer('attempts').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('next_at').notNullable();
    table.bigInteger('leased_until').notNullable();
    table.bigInteger('done_at');
    table.text('error');
    table.text('content').notNullable();
    table.index(['state', 'next_at'], 'slo_deliveries_due_idx');
    table.index(['alert_id'], 'slo_deliveries_alert_idx');
    table.index(['message_id'], 'slo_deliveries_message_idx');
    table.index(['thread_id', 'target', 'state'], 'slo_deliveries_thread_idx');
    table.index(['created_at'], 'slo_deliveries_created_idx');
  });

  await knex.schema.createTable('slo_silences', table => {
    table.comment('Times in which alerts of an SLO are not sent');
    table.specificType('silence_id', text).notNullable().primary();
    table.specificType('slo_id', text).notNullable();
    table.bigInteger('from_at').notNullable();
    table.bigInteger('until_at').notNullable();
    table.text('reason').notNullable();
    table.specificType('author', text).notNullable();
    table.index(['slo_id', 'until_at'], 'slo_silences_slo_idx');
    table.index(['until_at'], 'slo_silences_until_idx');
  });

  await knex.schema.createTable('slo_corrections', table => {
    table.comment('Times that do not count for an SLO');
    table.specificType('correction_id', text).notNullable().primary();
    table.specificType('slo_id', text).notNullable();
    table.specificType('objective', text);
    table.bigInteger('from_at').notNullable();
    table.bigInteger('to_at').notNullable();
    table.string('kind', 16).notNullable();
    table.text('reason').notNullable();
    table.specificType('author', text).notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['slo_id', 'to_at'], 'slo_corrections_slo_idx');
    table.index(['to_at'], 'slo_corrections_to_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of [
    'slo_corrections',
    'slo_silences',
    'slo_deliveries',
    'slo_budget_steps',
    'slo_alerts',
    'slo_rounds',
    'slo_states',
  ]) {
    await knex.schema.dropTable(name);
  }
};
