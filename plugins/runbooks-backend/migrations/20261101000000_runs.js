/**
 * JSON stands in text columns, and times are ISO 8601 in UTC, so that SQLite
 * and PostgreSQL hold the same and compare them alike.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('runbook_previews', table => {
    table.comment('What people were shown before they started a run');
    table.string('id', 36).primary();
    table.string('owner', 255).notNullable();
    table.string('entity_ref', 255);
    table.text('preview').notNullable();
    table.text('fingerprint').notNullable();
    table.string('expires_at', 24).notNullable().index();
  });

  await knex.schema.createTable('runbook_runs', table => {
    table.comment('One row for each run, for ever');
    table.string('id', 36).primary();
    table.string('preview_id', 36).notNullable().unique();
    table.string('idempotency_key', 255).notNullable();
    table.string('started_by', 255).notNullable();
    table.string('runbook_id', 255).notNullable();
    table.string('title', 255).notNullable();
    table.string('state', 32).notNullable();
    table.string('risk', 16).notNullable();
    table.string('target_system', 64).notNullable();
    table.string('target_connection', 255).notNullable();
    table.string('target_kind', 64).notNullable();
    table.text('target_name').notNullable();
    table.string('entity_ref', 255);
    table.text('parameters').notNullable();
    table.text('preview').notNullable();
    table.text('fingerprint').notNullable();
    table.text('memory').notNullable();
    table.text('steps').notNullable();
    table.text('output');
    table.text('verification');
    table.text('error');
    table.string('cancel_requested_by', 255);
    table.string('created_at', 24).notNullable();
    table.string('started_at', 24);
    table.string('ended_at', 24);
    table.string('lease_owner', 64);
    table.string('lease_until', 24);
    table.integer('fencing_token').notNullable().defaultTo(0);
    table.integer('event_count').notNullable().defaultTo(0);
    table.unique(['started_by', 'idempotency_key']);
    table.index(['state', 'created_at']);
    table.index(['target_connection', 'created_at']);
    table.index(['created_at']);
  });

  await knex.schema.createTable('runbook_run_events', table => {
    table.comment('The live log of each run');
    table
      .string('run_id', 36)
      .notNullable()
      .references('id')
      .inTable('runbook_runs')
      .onDelete('CASCADE');
    table.integer('sequence').notNullable();
    table.string('at', 24).notNullable();
    table.string('type', 16).notNullable();
    table.string('level', 8).notNullable();
    table.text('message').notNullable();
    table.double('progress');
    table.primary(['run_id', 'sequence']);
  });

  await knex.schema.createTable('runbook_locks', table => {
    table.comment('Targets that a run is working on');
    table.text('key').primary();
    table.string('run_id', 36).notNullable().index();
    table.string('holder', 255).notNullable();
    table.string('acquired_at', 24).notNullable();
  });

  await knex.schema.createTable('runbook_audit', table => {
    table.comment('Append-only; each entry carries the hash of the one before');
    table.bigInteger('sequence').primary();
    table.string('at', 24).notNullable();
    table.string('actor', 255).notNullable();
    table.string('event', 64).notNullable();
    table.string('run_id', 36).index();
    table.text('detail').notNullable();
    table.string('previous_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
  });

  await knex.schema.createTable('runbook_audit_head', table => {
    table.comment('One row: the end of the audit chain, locked by each append');
    table.integer('id').primary();
    table.bigInteger('sequence').notNullable();
    table.string('hash', 64).notNullable();
  });
  await knex('runbook_audit_head').insert({
    id: 1,
    sequence: 0,
    hash: '0'.repeat(64),
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('runbook_audit_head');
  await knex.schema.dropTable('runbook_audit');
  await knex.schema.dropTable('runbook_locks');
  await knex.schema.dropTable('runbook_run_events');
  await knex.schema.dropTable('runbook_runs');
  await knex.schema.dropTable('runbook_previews');
};
