import { KubeConfig } from '@kubernetes/client-node';
import { InputError, toError } from '@backstage/errors';
import { readFile, stat } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import { abortable } from '../../http/abortable';
import { withDeadline } from '../../http/withDeadline';
import type { KubernetesConnectionConfig } from '../config/KubernetesConnectionConfig';

/** How long headers and certificates are used before they are asked for again; tokens are renewed well before they end. */
const KEEP_MS = 10_000;
/** A plugin that fetches a token may ask a cloud. */
const CREDENTIALS_TIMEOUT_MS = 15_000;
const SERVICE_ACCOUNT_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Who we are to an API server, and what we trust it by. */
export interface KubernetesIdentity {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: Pick<
    RequestOptions,
    'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'
  >;
  readonly proxyUrl?: string;
}

/** Where a connection leads. */
export interface KubernetesTarget {
  readonly url: string;
  readonly kubeConfig: KubeConfig;
}

/**
 * Credentials of one connection, by the Kubernetes client's own reading of
 * kubeconfig files, tokens that change on disk, and plugins that fetch them.
 */
export class KubernetesCredentials {
  readonly #config: KubernetesConnectionConfig;
  #loaded: (KubernetesTarget & { stamp: number }) | undefined;
  #identity: { identity: KubernetesIdentity; takenMs: number } | undefined;

  static create(config: KubernetesConnectionConfig) {
    return new KubernetesCredentials(config);
  }

  private constructor(config: KubernetesConnectionConfig) {
    this.#config = config;
  }

  /**
   * The API server's address; a kubeconfig file is read again when it changes.
   *
   * @throws InputError when the file can't be used
   */
  async target(): Promise<KubernetesTarget> {
    const stamp = await this.#stamp();
    if (this.#loaded?.stamp !== stamp) {
      const kubeConfig = await this.#load();
      this.#loaded = { stamp, kubeConfig, url: this.#urlOf(kubeConfig) };
      this.#identity = undefined;
    }
    return this.#loaded;
  }

  /** @throws what keeps the credentials from being had */
  async identity(): Promise<KubernetesIdentity> {
    const { kubeConfig, url } = await this.target();
    const kept = this.#identity;
    if (kept && performance.now() - kept.takenMs < KEEP_MS) {
      return kept.identity;
    }
    const takenMs = performance.now();
    const options: RequestOptions = {};
    await withDeadline(
      { signals: [], timeoutMs: CREDENTIALS_TIMEOUT_MS },
      deadline =>
        abortable(kubeConfig.applyToHTTPSOptions(options), deadline.signal),
    );
    const identity = {
      headers: {
        ...textHeaders(options.headers),
        ...basicHeader(options.auth),
      },
      tls: url.startsWith('https:')
        ? {
            ca: options.ca,
            cert: options.cert,
            key: options.key,
            servername: options.servername,
            // Whatever the environment says of certificates, they are looked at.
            rejectUnauthorized: options.rejectUnauthorized !== false,
          }
        : {},
      proxyUrl: kubeConfig.getCurrentCluster()?.proxyUrl,
    };
    this.#identity = { identity, takenMs };
    return identity;
  }

  /** What was kept may not be good any more. */
  forget() {
    this.#identity = undefined;
  }

  async #stamp(): Promise<number> {
    const { auth } = this.#config;
    return auth.type === 'kubeconfig' ? (await stat(auth.file)).mtimeMs : 0;
  }

  async #load(): Promise<KubeConfig> {
    const { auth, id } = this.#config;
    const kubeConfig = new KubeConfig();
    switch (auth.type) {
      case 'kubeconfig': {
        try {
          kubeConfig.loadFromFile(auth.file);
        } catch (error) {
          throw new InputError(
            `The kubeconfig file of connection '${id}' can't be read as one: ${
              toError(error).message
            }`,
          );
        }
        if (auth.context) kubeConfig.setCurrentContext(auth.context);
        return kubeConfig;
      }
      case 'in-cluster':
        if (!process.env.KUBERNETES_SERVICE_HOST) {
          throw new InputError(
            `Connection '${id}' has auth.type in-cluster, and the backend does not run in a pod: KUBERNETES_SERVICE_HOST is not set`,
          );
        }
        await stat(`${SERVICE_ACCOUNT_DIR}/token`);
        kubeConfig.loadFromCluster();
        return kubeConfig;
      default: {
        const tls = auth.type === 'token' ? auth.tls : {};
        const user =
          auth.type === 'token' && auth.tokenFile
            ? {
                name: id,
                authProvider: {
                  name: 'tokenFile',
                  config: { tokenFile: auth.tokenFile },
                },
              }
            : { name: id, token: auth.token };
        const backstage = auth.type === 'backstage' ? auth : undefined;
        kubeConfig.loadFromClusterAndUser(
          {
            name: id,
            server: auth.url,
            caFile: tls.caFile ?? backstage?.caFile,
            caData: backstage?.caData,
            tlsServerName: tls.serverName,
            // The client takes http only together with this.
            skipTLSVerify:
              backstage?.skipTlsVerify ?? auth.url.startsWith('http:'),
          },
          { ...user, certFile: tls.certFile, keyFile: tls.keyFile },
        );
        if (auth.type === 'token' && auth.tokenFile) {
          await readFile(auth.tokenFile);
        }
        return kubeConfig;
      }
    }
  }

  #urlOf(kubeConfig: KubeConfig): string {
    const context = kubeConfig.getCurrentContext();
    const server = kubeConfig.getCurrentCluster()?.server;
    if (!server || !URL.canParse(server)) {
      throw new InputError(
        `The kubeconfig of connection '${
          this.#config.id
        }' has no cluster with an address for context '${context}'. Known contexts are: ${
          kubeConfig
            .getContexts()
            .map(({ name }) => name)
            .join(', ') || 'none'
        }`,
      );
    }
    return server.replace(/\/+$/, '');
  }
}

function textHeaders(headers: RequestOptions['headers']) {
  return Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), String(value)]],
    ),
  );
}

function basicHeader(auth: RequestOptions['auth']): Record<string, string> {
  return auth
    ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` }
    : {};
}
