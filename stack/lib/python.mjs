import { existsSync } from 'node:fs';
import { findProgram, runCommand } from './command.mjs';

/** Superset 6.1 needs Python 3.10; its pinned numpy and pandas have no wheels for 3.13. */
export const PYTHON_VERSIONS = ['3.11', '3.12', '3.10'];

const HOMEBREW_FOLDERS = ['/opt/homebrew/bin', '/usr/local/bin'];

/**
 * Looks for a Python that Superset runs on and that can make virtual environments.
 *
 * @returns {Promise<{ program: string | undefined, seen: string[] }>} the program, and for the error message why others were passed over
 */
export async function findPython({ env = process.env } = {}) {
  const seen = [];
  const named = [
    ...PYTHON_VERSIONS.map(version => `python${version}`),
    'python3',
  ].map(name => findProgram(name, HOMEBREW_FOLDERS));
  for (const program of new Set([env.STACK_PYTHON, ...named])) {
    if (program && existsSync(program)) {
      const objection = await objectionTo(program);
      if (objection === undefined) {
        return { program, seen };
      }
      seen.push(`${program}: ${objection}`);
    }
  }
  return { program: undefined, seen };
}

async function objectionTo(program) {
  const script =
    'import sys; print("%d.%d" % sys.version_info[:2]); import ensurepip, venv';
  try {
    const { stdout } = await runCommand(program, ['-c', script]);
    const version = stdout.trim();
    return PYTHON_VERSIONS.includes(version) ? undefined : `is ${version}`;
  } catch {
    // Debian ships Python without ensurepip.
    return 'has no ensurepip or venv';
  }
}
