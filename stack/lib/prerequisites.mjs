import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, runCommand } from './command.mjs';
import { areDownloadsComplete } from './downloads.mjs';
import { findJava, MIN_JAVA_VERSION } from './java.mjs';
import { findPython } from './python.mjs';

/** Debian keeps PostgreSQL's servers apart from PATH, one folder a version. */
const POSTGRES_FOLDERS = [
  ...versionFolders('/usr/lib/postgresql'),
  ...['18', '17', '16', '15', '14'].flatMap(version => [
    `/opt/homebrew/opt/postgresql@${version}/bin`,
    `/usr/local/opt/postgresql@${version}/bin`,
  ]),
];
const POSTGRES_USER = 'postgres';

/**
 * Finds the programs that the services need.
 *
 * @param {{ settings: object, paths: object, platform?: NodeJS.Platform }} options
 * @returns {Promise<{ programs: object, missing: string[] }>} what was found; for each missing one a sentence with the command that installs it
 */
export async function findPrerequisites({
  settings,
  paths,
  platform = process.platform,
}) {
  const { services, isRoot } = settings;
  const missing = [];
  const programs = {};
  const install = ({ apt, brew }) =>
    platform === 'darwin'
      ? `brew install ${brew}`
      : `sudo apt-get install -y ${apt}`;
  const lacks = (what, packages) =>
    missing.push(`${what}. Install it: ${install(packages)}`);

  const javaServices = ['trino', 'trino2', 'iceberg-rest', 'gateway'];
  if (javaServices.some(name => services.includes(name))) {
    const { home, seen } = await findJava();
    programs.javaHome = home;
    if (home === undefined) {
      const only = seen.length > 0 ? ` (found only ${seen.join(', ')})` : '';
      lacks(`Java ${MIN_JAVA_VERSION} or later is missing${only}`, {
        apt: 'openjdk-25-jre-headless   (or any other Java 25, with JAVA_HOME set to its folder)',
        brew: 'openjdk@25',
      });
    }
    if (!areDownloadsComplete({ paths, services }) && !findProgram('mvn')) {
      lacks('Maven (mvn), which fetches Trino, is missing', {
        apt: 'maven',
        brew: 'maven',
      });
    }
  }
  if (services.includes('postgres')) {
    const initdb = findProgram('initdb', POSTGRES_FOLDERS);
    if (initdb === undefined) {
      lacks('PostgreSQL (initdb, postgres) is missing', {
        apt: 'postgresql',
        brew: 'postgresql@16',
      });
    } else {
      programs.postgresBin = dirname(initdb);
      programs.postgresOwner = isRoot ? await findUser(POSTGRES_USER) : {};
      if (programs.postgresOwner === undefined) {
        missing.push(
          `The system user '${POSTGRES_USER}' is missing; PostgreSQL refuses to run as root. Create it: useradd --system ${POSTGRES_USER}`,
        );
      }
    }
  }
  if (services.includes('redis') || services.includes('redis-cluster')) {
    programs.redisServer = findProgram('redis-server');
    programs.redisCli = findProgram('redis-cli');
    if (!programs.redisServer || !programs.redisCli) {
      lacks('Redis (redis-server, redis-cli) is missing', {
        apt: 'redis-server',
        brew: 'redis',
      });
    }
  }
  // What is installed already brings its Python.
  if (services.includes('superset') && !existsSync(paths.supersetHome)) {
    const { program, seen } = await findPython();
    programs.python = program;
    if (program === undefined) {
      const only = seen.length > 0 ? ` (found only ${seen.join('; ')})` : '';
      lacks(
        `Python 3.10, 3.11 or 3.12 with venv, for Superset, is missing${only}`,
        {
          apt: 'python3 python3-venv   (or any of these versions, with STACK_PYTHON set to its program)',
          brew: 'python@3.12',
        },
      );
    }
  }
  if (services.includes('prometheus')) {
    programs.prometheus = findProgram('prometheus');
    if (programs.prometheus === undefined) {
      lacks('Prometheus is missing', {
        apt: 'prometheus',
        brew: 'prometheus',
      });
    }
  }
  return { programs, missing };
}

async function findUser(name) {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async flag => {
        const { stdout } = await runCommand('id', [flag, name]);
        return Number(stdout);
      }),
    );
    return { uid, gid };
  } catch {
    // id fails when there is no such user, which the caller reports.
    return undefined;
  }
}

function versionFolders(parent) {
  return existsSync(parent)
    ? readdirSync(parent)
        .sort((a, b) => Number(b) - Number(a))
        .map(version => join(parent, version, 'bin'))
    : [];
}
