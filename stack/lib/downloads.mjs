import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';
import { artifactFileName, fetchArtifact } from './maven.mjs';
import { installSuperset } from './supersetInstall.mjs';

/** The version of Trino Gateway. */
export const GATEWAY_VERSION = '20';

/** What a demo lakehouse needs of Trino's plugins: 0.5 GB instead of 0.9. */
const KEPT_PLUGINS = new Set([
  'delta-lake',
  'http-event-listener',
  'iceberg',
  'jmx',
  'memory',
  'password-authenticators',
  'resource-group-managers',
  'session-property-managers',
  'tpch',
]);

/**
 * The Iceberg REST catalog and, before it on the class path, the Hadoop classes that run
 * on Java 24 and later: those inside the jar call Subject.getSubject, which is gone there
 * (HADOOP-19212).
 */
const ICEBERG_REST_JARS = [
  { group: 'org.apache.hadoop', artifact: 'hadoop-common', version: '3.4.3' },
  { group: 'org.apache.hadoop', artifact: 'hadoop-auth', version: '3.4.3' },
  {
    group: 'org.apache.commons',
    artifact: 'commons-collections4',
    version: '4.4',
  },
  {
    group: 'org.apache.iceberg',
    artifact: 'iceberg-open-api',
    version: '1.10.1',
  },
].map(coordinates => ({ ...coordinates, type: 'jar' }));

const GATEWAY_JAR = {
  group: 'io.trino.gateway',
  artifact: 'gateway-ha',
  version: GATEWAY_VERSION,
  type: 'jar',
  classifier: 'jar-with-dependencies',
};

/** Trino Gateway with all that it needs in one file. */
export const gatewayJar = paths =>
  join(paths.jarsDir, artifactFileName(GATEWAY_JAR));

/** The class path of the Iceberg REST catalog. */
export function icebergRestClassPath(paths) {
  return ICEBERG_REST_JARS.map(coordinates =>
    join(paths.jarsDir, artifactFileName(coordinates)),
  );
}

const needsTrino = services =>
  services.includes('trino') || services.includes('trino2');

/** Whether everything that Maven would fetch is there, so that Maven is not needed. */
export function areDownloadsComplete({ paths, services }) {
  return (
    (!needsTrino(services) || existsSync(paths.trinoHome)) &&
    (!services.includes('gateway') || existsSync(gatewayJar(paths))) &&
    (!services.includes('iceberg-rest') ||
      icebergRestClassPath(paths).every(file => existsSync(file)))
  );
}

/**
 * Fetches what is missing into the cache.
 *
 * @param {{ paths: object, settings: object, programs: object, progress: (service: string, message: string) => void }} options
 */
export async function fetchDownloads({ paths, settings, programs, progress }) {
  const { services } = settings;
  mkdirSync(paths.jarsDir, { recursive: true });
  if (services.includes('superset')) {
    await installSuperset({
      home: paths.supersetHome,
      python: programs.python,
      progress,
    });
  }
  if (services.includes('gateway')) {
    await fetchWithProgress({
      service: 'gateway',
      coordinates: GATEWAY_JAR,
      folder: paths.jarsDir,
      progress,
    });
  }
  if (services.includes('iceberg-rest')) {
    for (const coordinates of ICEBERG_REST_JARS) {
      await fetchWithProgress({
        service: 'iceberg-rest',
        coordinates,
        folder: paths.jarsDir,
        progress,
      });
    }
  }
  if (needsTrino(services) && !existsSync(paths.trinoHome)) {
    await fetchTrino({ paths, version: settings.trinoVersion, progress });
  }
}

function fetchWithProgress({ service, coordinates, folder, progress }) {
  const name = artifactFileName(coordinates);
  if (!existsSync(join(folder, name))) {
    progress(service, `fetching ${name}`);
  }
  return fetchArtifact({
    coordinates,
    folder,
    onTick: seconds =>
      progress(service, `still fetching ${name} (${seconds} s)`),
  });
}

async function fetchTrino({ paths, version, progress }) {
  mkdirSync(paths.downloadsDir, { recursive: true });
  const archive = await fetchWithProgress({
    service: 'trino',
    coordinates: {
      group: 'io.trino',
      artifact: 'trino-server',
      version,
      type: 'tar.gz',
    },
    folder: paths.downloadsDir,
    progress,
  });
  progress('trino', 'unpacking');
  const unpacked = `${paths.trinoHome}.unfinished`;
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  await runCommand('tar', [
    '-xzf',
    archive,
    '-C',
    unpacked,
    '--strip-components=1',
  ]);
  const plugins = join(unpacked, 'plugin');
  for (const plugin of readdirSync(plugins)) {
    if (!KEPT_PLUGINS.has(plugin)) {
      rmSync(join(plugins, plugin), { recursive: true });
    }
  }
  renameSync(unpacked, paths.trinoHome);
  // Maven's own repository keeps the archive.
  rmSync(archive);
}
