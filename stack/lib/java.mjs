import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProgram, runCommand } from './command.mjs';

/** Trino 476 needs Java 24 (its release notes); 470 runs on it as well. */
export const MIN_JAVA_VERSION = 24;

const JVM_FOLDERS = [
  { parent: '/usr/lib/jvm', home: '' },
  { parent: '/Library/Java/JavaVirtualMachines', home: 'Contents/Home' },
  { parent: '/opt/homebrew/opt', home: '', pattern: /^openjdk/ },
  { parent: '/usr/local/opt', home: '', pattern: /^openjdk/ },
];

/**
 * Reads the feature version from what `java -version` prints, such as
 * `openjdk version "25.0.3" 2026-04-21 LTS` or, before Java 9, `java version "1.8.0_292"`.
 *
 * @param {string} output
 * @returns {number | undefined}
 */
export function parseJavaVersion(output) {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match ? Number(match[1]) : undefined;
}

/**
 * Looks for a Java that is new enough: JAVA_HOME, the usual folders, PATH.
 *
 * @returns {Promise<{ home: string | undefined, seen: string[] }>} its home and, for the error message, what was seen
 */
export async function findJava({
  env = process.env,
  minVersion = MIN_JAVA_VERSION,
} = {}) {
  const seen = [];
  for (const home of new Set(candidateHomes(env))) {
    const version = await versionOf(home);
    if (version !== undefined) {
      if (version >= minVersion) {
        return { home, seen };
      }
      seen.push(`${version} in ${home}`);
    }
  }
  return { home: undefined, seen };
}

function candidateHomes(env) {
  const onPath = findProgram('java');
  return [
    ...(env.JAVA_HOME ? [env.JAVA_HOME] : []),
    ...JVM_FOLDERS.flatMap(({ parent, home, pattern }) =>
      existsSync(parent)
        ? readdirSync(parent)
            .filter(name => pattern?.test(name) ?? true)
            .map(name => join(parent, name, home))
        : [],
    ),
    ...(onPath ? [dirname(dirname(realpathSync(onPath)))] : []),
  ].filter(home => existsSync(join(home, 'bin', 'java')));
}

async function versionOf(home) {
  try {
    const { stdout, stderr } = await runCommand(join(home, 'bin', 'java'), [
      '-version',
    ]);
    return parseJavaVersion(`${stdout}${stderr}`);
  } catch {
    // A Java that can't even tell its version is none.
    return undefined;
  }
}
