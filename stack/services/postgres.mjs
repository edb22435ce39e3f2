import {
  chownSync,
  existsSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { baseEnv } from '../lib/baseEnv.mjs';
import { runCommand } from '../lib/command.mjs';
import { createPostgresAdmin, POSTGRES_SUPERUSER } from './postgresAdmin.mjs';

/** The role and database of the Backstage backend. */
export const POSTGRES_USER = 'backstage';

/** PostgreSQL with a role that may create databases, since Backstage makes one a plugin. */
export function createPostgresService({ settings, paths, secrets, programs }) {
  const port = settings.ports.postgres;
  const dataDir = join(paths.postgresDir, 'data');
  const owner = programs.postgresOwner;
  const program = name => join(programs.postgresBin, name);
  // The folder we stand in may be closed to PostgreSQL's user.
  const asOwner = { ...owner, cwd: '/', env: baseEnv() };

  const createCluster = async () => {
    const passwordFile = join(paths.postgresDir, 'password');
    writeFileSync(passwordFile, secrets.postgresSuperuserPassword, {
      mode: 0o600,
    });
    giveToOwner(passwordFile, owner);
    try {
      await runCommand(
        program('initdb'),
        [
          ...['-D', dataDir],
          ...['-U', POSTGRES_SUPERUSER],
          ...['-A', 'scram-sha-256'],
          ...['-E', 'UTF8'],
          '--locale=C',
          `--pwfile=${passwordFile}`,
        ],
        asOwner,
      );
    } finally {
      rmSync(passwordFile);
    }
  };

  return {
    name: 'postgres',
    address: `postgresql://${POSTGRES_USER}@127.0.0.1:${port}/${POSTGRES_USER}`,
    // A fast shutdown; SIGTERM would wait for clients that never leave.
    stopSignal: 'SIGINT',
    readyTimeoutMs: 60_000,
    async prepare() {
      mkdirSync(paths.postgresDir, { recursive: true, mode: 0o700 });
      giveToOwner(paths.postgresDir, owner);
      if (!existsSync(join(dataDir, 'PG_VERSION'))) {
        await createCluster();
      }
    },
    commandLine: () => ({
      command: program('postgres'),
      args: [
        ...['-D', dataDir],
        ...['-p', String(port)],
        ...['-k', paths.postgresDir],
        ...['-c', 'listen_addresses=127.0.0.1'],
        ...['-c', 'max_connections=200'],
      ],
      ...asOwner,
    }),
    async isReady() {
      const query = runCommand(
        program('pg_isready'),
        ['-q', '-h', '127.0.0.1', '-p', String(port)],
        { cwd: '/', env: baseEnv() },
      );
      return query.then(
        () => true,
        () => false,
      );
    },
    async afterReady() {
      const admin = createPostgresAdmin({ settings, secrets, programs });
      await admin.ensureRole({
        name: POSTGRES_USER,
        password: secrets.postgresPassword,
        mayCreateDatabases: true,
      });
      await admin.ensureDatabase({ name: POSTGRES_USER, owner: POSTGRES_USER });
    },
  };
}

function giveToOwner(path, { uid, gid }) {
  if (uid !== undefined) {
    chownSync(path, uid, gid);
  }
}
