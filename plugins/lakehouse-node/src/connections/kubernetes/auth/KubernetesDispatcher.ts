import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { HttpDispatcher } from '../../http/SystemHttp';
import type {
  KubernetesCredentials,
  KubernetesIdentity,
} from './KubernetesCredentials';

const CONNECT_TIMEOUT_MS = 10_000;

/** Sockets of one connection, made anew when its certificates change. */
export class KubernetesDispatcher implements HttpDispatcher {
  readonly #credentials: KubernetesCredentials;
  #current: { agent: Dispatcher; stamp: string } | undefined;

  static create(credentials: KubernetesCredentials) {
    return new KubernetesDispatcher(credentials);
  }

  private constructor(credentials: KubernetesCredentials) {
    this.#credentials = credentials;
  }

  async get(): Promise<Dispatcher> {
    const identity = await this.#credentials.identity();
    const stamp = stampOf(identity);
    if (this.#current?.stamp !== stamp) {
      const old = this.#current?.agent;
      this.#current = { agent: createAgent(identity), stamp };
      // Requests in flight end on the old sockets.
      old?.close(() => undefined);
    }
    return this.#current.agent;
  }

  async destroy(): Promise<void> {
    await this.#current?.agent.destroy();
  }
}

function createAgent({ tls, proxyUrl }: KubernetesIdentity): Dispatcher {
  const { ca, cert, key, servername, rejectUnauthorized } = tls;
  const connect = {
    ca: ca ?? undefined,
    cert: cert ?? undefined,
    key: asKey(key),
    servername,
    rejectUnauthorized,
    timeout: CONNECT_TIMEOUT_MS,
  };
  if (!proxyUrl) return new Agent({ connect });
  if (!/^https?:/.test(proxyUrl)) {
    throw new InputError(
      `The kubeconfig's proxy-url is '${proxyUrl}'. Use an http or https proxy`,
    );
  }
  return new ProxyAgent({ uri: proxyUrl, requestTls: connect });
}

/** Keys come from PEM only; a list of keys with passphrases does not happen here. */
function asKey(key: KubernetesIdentity['tls']['key']) {
  return typeof key === 'string' || Buffer.isBuffer(key) ? key : undefined;
}

function stampOf({ tls, proxyUrl }: KubernetesIdentity): string {
  const hash = createHash('sha256');
  for (const part of [
    tls.ca,
    tls.cert,
    tls.key,
    tls.servername,
    tls.rejectUnauthorized,
    proxyUrl,
  ]) {
    hash.update(`${String(part ?? '')}\n`);
  }
  return hash.digest('hex');
}
