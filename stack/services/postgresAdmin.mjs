import { join } from 'node:path';
import { baseEnv } from '../lib/baseEnv.mjs';
import { runCommand } from '../lib/command.mjs';

/** The one who owns the stack's PostgreSQL. */
export const POSTGRES_SUPERUSER = 'stack_owner';

/** Makes the roles and databases that the services need in the stack's PostgreSQL. */
export function createPostgresAdmin({ settings, secrets, programs }) {
  const psql = (sql, database = 'postgres') =>
    runCommand(
      join(programs.postgresBin, 'psql'),
      [
        ...['-h', '127.0.0.1'],
        ...['-p', String(settings.ports.postgres)],
        ...['-U', POSTGRES_SUPERUSER],
        ...['-d', database],
        ...['-v', 'ON_ERROR_STOP=1'],
        ...['-qAt'],
        ...['-c', sql],
      ],
      {
        cwd: '/',
        env: { ...baseEnv(), PGPASSWORD: secrets.postgresSuperuserPassword },
      },
    );
  const isThere = async sql => (await psql(sql)).stdout.trim() !== '0';

  return {
    /** A role that may log in. */
    async ensureRole({ name, password, mayCreateDatabases = false }) {
      const query = `SELECT count(*) FROM pg_roles WHERE rolname = '${name}'`;
      if (!(await isThere(query))) {
        const right = mayCreateDatabases ? 'CREATEDB' : '';
        await psql(`CREATE ROLE ${name} LOGIN ${right} PASSWORD '${password}'`);
      }
    },

    async ensureDatabase({ name, owner }) {
      const query = `SELECT count(*) FROM pg_database WHERE datname = '${name}'`;
      if (!(await isThere(query))) {
        await psql(`CREATE DATABASE ${name} OWNER ${owner}`);
      }
    },

    /** Runs SQL in a database as one of its roles. */
    async runAs({ role, database, sql }) {
      await psql(`SET ROLE ${role}; ${sql}`, database);
    },
  };
}
