/**
 * Runbooks of several steps: the versions of their files, what each step kept,
 * what people said, and what holds runs back.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('runbook_versions', table => {
    table.comment('Each version of a runbook file that was ever seen');
    table.string('hash', 64).primary();
    table.string('name', 255).notNullable().index();
    table.text('source').notNullable();
    table.text('definition').notNullable();
    table.string('first_seen_at', 24).notNullable();
  });

  await knex.schema.alterTable('runbook_runs', table => {
    table.string('definition_hash', 64);
    table.text('waiting_for');
    table.string('wait_until', 24);
    table.text('origin');
    // Keys that a queued run still has to get.
    table.text('wanted_locks');
    // The starter's token, encrypted; gone when the run is over.
    table.text('sealed_token');
    table.index(['state', 'wait_until']);
    table.index(['runbook_id', 'created_at']);
  });

  await knex.schema.createTable('runbook_run_steps', table => {
    table.comment('What the engine keeps of each step of a run');
    table
      .string('run_id', 36)
      .notNullable()
      .references('id')
      .inTable('runbook_runs')
      .onDelete('CASCADE');
    table.string('key', 255).notNullable();
    table.text('record').notNullable();
    table.primary(['run_id', 'key']);
  });

  await knex.schema.createTable('runbook_approvals', table => {
    table.comment('What people said to runs that asked for approval');
    table
      .string('run_id', 36)
      .notNullable()
      .references('id')
      .inTable('runbook_runs')
      .onDelete('CASCADE');
    // Empty: before the first step.
    table.string('step_id', 255).notNullable();
    table.string('preview_hash', 64).notNullable();
    table.string('by', 255).notNullable();
    table.string('decision', 16).notNullable();
    table.text('comment');
    table.string('at', 24).notNullable();
    table.primary(['run_id', 'step_id', 'preview_hash', 'by']);
  });

  await knex.schema.createTable('runbook_answers', table => {
    table.comment('What people answered to manual steps and open outcomes');
    table
      .string('run_id', 36)
      .notNullable()
      .references('id')
      .inTable('runbook_runs')
      .onDelete('CASCADE');
    table.string('key', 255).notNullable();
    table.string('kind', 16).notNullable();
    table.string('by', 255).notNullable();
    table.string('at', 24).notNullable();
    table.text('answer').notNullable();
    table.primary(['run_id', 'key', 'kind']);
  });

  await knex.schema.createTable('runbook_pauses', table => {
    table.comment('What nobody may start or go on with for now');
    // `*`, or a runbook's id.
    table.string('scope', 255).primary();
    table.string('by', 255).notNullable();
    table.text('reason').notNullable();
    table.string('at', 24).notNullable();
  });

  await knex.schema.createTable('runbook_audit_checkpoints', table => {
    table.comment('Signatures over the audit chain as it was');
    table.bigInteger('sequence').primary();
    table.string('hash', 64).notNullable();
    table.string('at', 24).notNullable();
    table.string('key_id', 64).notNullable();
    table.text('signature').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('runbook_audit_checkpoints');
  await knex.schema.dropTable('runbook_pauses');
  await knex.schema.dropTable('runbook_answers');
  await knex.schema.dropTable('runbook_approvals');
  await knex.schema.dropTable('runbook_run_steps');
  await knex.schema.alterTable('runbook_runs', table => {
    table.dropIndex(['runbook_id', 'created_at']);
    table.dropIndex(['state', 'wait_until']);
    table.dropColumns(
      'definition_hash',
      'waiting_for',
      'wait_until',
      'origin',
      'wanted_locks',
      'sealed_token',
    );
  });
  await knex.schema.dropTable('runbook_versions');
};
