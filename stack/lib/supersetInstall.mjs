import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { baseEnv } from './baseEnv.mjs';
import { runCommand } from './command.mjs';
import { STACK_DIR } from './paths.mjs';
import {
  SUPERSET_REQUIREMENTS_FILE,
  SUPERSET_VERSION,
} from './supersetPins.mjs';

/** Superset's settings, pins and demo content. */
export const SUPERSET_DIR = join(STACK_DIR, 'superset');

// The last one with pkg_resources, which some of the pinned packages import.
const SETUPTOOLS = 'setuptools==80.9.0';
const TIMEOUT_MS = 30 * 60_000;
const TICK_MS = 15_000;

/** The Python of the virtual environment. */
export const supersetPython = home => join(home, 'bin', 'python');

/**
 * Installs Superset from PyPI unless it is there.
 *
 * @param {{ home: string, python: string, progress: (service: string, message: string) => void }} options
 */
export async function installSuperset({ home, python, progress }) {
  if (existsSync(home)) {
    return;
  }
  progress('superset', `installing Superset ${SUPERSET_VERSION} with pip`);
  const startedAtMs = performance.now();
  const seconds = () => Math.round((performance.now() - startedAtMs) / 1000);
  const ticker = setInterval(
    () => progress('superset', `still installing (${seconds()} s)`),
    TICK_MS,
  );
  // Two stacks may install at the same time.
  const unfinished = `${home}.${process.pid}.unfinished`;
  const pip = (...args) =>
    runCommand(
      supersetPython(unfinished),
      [
        ...['-m', 'pip', 'install', '--quiet', '--no-input'],
        '--disable-pip-version-check',
        ...args,
      ],
      { env: { ...process.env, ...baseEnv() }, timeout: TIMEOUT_MS },
    );
  try {
    rmSync(unfinished, { recursive: true, force: true });
    await runCommand(python, ['-m', 'venv', unfinished]);
    await pip(SETUPTOOLS, 'wheel');
    await pip('-r', SUPERSET_REQUIREMENTS_FILE);
    if (!existsSync(home)) {
      // Its programs name the old folder, its Python does not: only that one is used.
      renameSync(unfinished, home);
    }
  } catch (error) {
    throw new Error(
      `pip could not install Superset. Check the network and pip's settings (index, proxy), then start again.\n${error.message}`,
      { cause: error },
    );
  } finally {
    clearInterval(ticker);
    rmSync(unfinished, { recursive: true, force: true });
  }
}
