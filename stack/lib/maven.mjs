import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';

// `copy` fetches like `get` and also says where the file went, whatever the settings call the local repository.
const COPY_GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
const TICK_MS = 10_000;
const TIMEOUT_MS = 30 * 60_000;

/**
 * The file name of a Maven artifact.
 *
 * @param {{ artifact: string, version: string, type: string, classifier?: string }} coordinates
 */
export function artifactFileName({ artifact, version, type, classifier }) {
  const suffix = classifier === undefined ? '' : `-${classifier}`;
  return `${artifact}-${version}${suffix}.${type}`;
}

/**
 * Fetches an artifact through Maven, or takes it from Maven's local repository.
 *
 * @param {{ coordinates: { group: string, artifact: string, version: string, type: string, classifier?: string }, folder: string, onTick: (seconds: number) => void }} options
 * @returns {Promise<string>} the file
 */
export async function fetchArtifact({ coordinates, folder, onTick }) {
  const { group, artifact, version, type, classifier } = coordinates;
  const file = join(folder, artifactFileName(coordinates));
  if (existsSync(file)) {
    return file;
  }
  // A fetch that was interrupted must not leave half a file under the final name.
  const unfinished = `${file}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const startedAtMs = performance.now();
  const ticker = setInterval(
    () => onTick(Math.round((performance.now() - startedAtMs) / 1000)),
    TICK_MS,
  );
  try {
    await runCommand(
      'mvn',
      [
        '--batch-mode',
        '--no-transfer-progress',
        COPY_GOAL,
        `-Dartifact=${[group, artifact, version, type, classifier]
          .filter(Boolean)
          .join(':')}`,
        `-DoutputDirectory=${unfinished}`,
      ],
      { cwd: folder, timeout: TIMEOUT_MS },
    );
  } catch (error) {
    throw new Error(
      `Maven could not fetch ${group}:${artifact}:${version}. Check the network and Maven's settings (mirror, proxy), then start again; what was fetched already is kept.\n${error.message}`,
      { cause: error },
    );
  } finally {
    clearInterval(ticker);
  }
  renameSync(join(unfinished, artifactFileName(coordinates)), file);
  rmSync(unfinished, { recursive: true, force: true });
  return file;
}
