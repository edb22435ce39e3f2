import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  baseOf,
  type ConnectionEntry,
  readTls,
  readUrl,
} from '../../shared/connectionFields';
import type { KubernetesAuthConfig } from './KubernetesConnectionConfig';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const LOCATORS = 'kubernetes.clusterLocatorMethods';

/**
 * Reads `auth` of a connection.
 *
 * @throws InputError that names the field when one is missing or can't be used
 */
export function readKubernetesAuth(
  config: Config,
  at: ConnectionEntry,
): KubernetesAuthConfig {
  const { entry } = at;
  const type = entry.getString('auth.type');
  switch (type) {
    case 'kubeconfig':
      return {
        type,
        file: entry.getString('auth.file'),
        context: entry.getOptionalString('auth.context'),
      };
    case 'in-cluster':
      return { type };
    case 'token':
      return readToken(at);
    case 'backstage':
      return readBackstageCluster(config, at);
    default:
      throw new InputError(
        `${at.at}.auth.type is '${type}'. Write kubeconfig, in-cluster, token or backstage.`,
      );
  }
}

function readToken(at: ConnectionEntry): KubernetesAuthConfig {
  const { entry } = at;
  const url = readUrl(at, { key: 'url', plain: true });
  requireSafe(url, `${at.at}.url`);
  const token = entry.getOptionalString('auth.token');
  const tokenFile = entry.getOptionalString('auth.tokenFile');
  if (!token === !tokenFile) {
    throw new InputError(
      `${at.at}.auth needs either token or tokenFile, and not both.`,
    );
  }
  return {
    type: 'token',
    url: baseOf(url),
    token,
    tokenFile,
    tls: readTls(at),
  };
}

/** Finds a cluster by its name in the config of Backstage's Kubernetes plugin. */
function readBackstageCluster(
  config: Config,
  { entry, at }: ConnectionEntry,
): KubernetesAuthConfig {
  const name = entry.getString('auth.cluster');
  const clusters = (config.getOptionalConfigArray(LOCATORS) ?? [])
    .map((method, index) => ({ method, at: `${LOCATORS}[${index}]` }))
    .filter(({ method }) => method.getOptionalString('type') === 'config')
    .flatMap(located =>
      (located.method.getOptionalConfigArray('clusters') ?? []).map(
        (cluster, index) => ({
          entry: cluster,
          at: `${located.at}.clusters[${index}]`,
        }),
      ),
    );
  const found = clusters.find(
    cluster => cluster.entry.getOptionalString('name') === name,
  );
  if (!found) {
    const known = clusters.map(one => one.entry.getOptionalString('name'));
    throw new InputError(
      `${at}.auth.cluster is '${name}', which is not among the clusters of ${LOCATORS} (${
        known.join(', ') || 'none'
      }). Name one of them, or set up the connection by kubeconfig or token.`,
    );
  }
  const url = readUrl(found, { key: 'url', plain: true });
  requireSafe(url, `${found.at}.url`);
  const token = found.entry.getOptionalString('serviceAccountToken');
  if (!token) {
    throw new InputError(
      `${at}.auth.cluster is '${name}', and ${found.at} has no serviceAccountToken: rights of the people who look can't be used by a backend that collects. Add one, or set up the connection by kubeconfig or token.`,
    );
  }
  return {
    type: 'backstage',
    cluster: name,
    url: baseOf(url),
    token,
    caData: found.entry.getOptionalString('caData'),
    caFile: found.entry.getOptionalString('caFile'),
    skipTlsVerify: found.entry.getOptionalBoolean('skipTLSVerify') ?? false,
  };
}

/** A token never goes over the network in clear. */
function requireSafe(url: URL, field: string) {
  if (url.protocol !== 'https:' && !LOOPBACK.test(url.hostname)) {
    throw new InputError(
      `${field} is '${url.href}'. A token needs https, for it would be read on its way.`,
    );
  }
}
