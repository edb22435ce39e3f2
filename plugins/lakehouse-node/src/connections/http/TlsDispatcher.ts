import { readFile, stat } from 'node:fs/promises';
import { Agent } from 'undici';

/** PEM files, and the name that the server's certificate is issued for. @public */
export interface TlsConfig {
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly serverName?: string;
}

/** How long certificates are trusted to be unchanged before their files are looked at again. */
const RECHECK_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The sockets of one connection, with its certificates. Follows no redirect and
 * uses no proxy of the environment.
 */
export class TlsDispatcher {
  readonly #tls: TlsConfig;
  #current: { agent: Agent; stamp: string; checkedMs: number } | undefined;
  #renewing: Promise<Agent> | undefined;

  static create(tls: TlsConfig) {
    return new TlsDispatcher(tls);
  }

  private constructor(tls: TlsConfig) {
    this.#tls = tls;
  }

  /** @throws when a certificate's file can't be read */
  async get(): Promise<Agent> {
    if (
      this.#current &&
      performance.now() - this.#current.checkedMs < RECHECK_MS
    ) {
      return this.#current.agent;
    }
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /** Ends all sockets; requests in flight fail. */
  async destroy(): Promise<void> {
    await this.#current?.agent.destroy();
  }

  async #renew(): Promise<Agent> {
    const { caFile, certFile, keyFile, serverName } = this.#tls;
    const files = [caFile, certFile, keyFile];
    const stamp = (await Promise.all(files.map(modifiedAt))).join();
    const checkedMs = performance.now();
    if (this.#current?.stamp === stamp) {
      this.#current.checkedMs = checkedMs;
      return this.#current.agent;
    }
    const [ca, cert, key] = await Promise.all(files.map(read));
    const agent = new Agent({
      connect: {
        ca,
        cert,
        key,
        servername: serverName,
        timeout: CONNECT_TIMEOUT_MS,
      },
    });
    const old = this.#current?.agent;
    this.#current = { agent, stamp, checkedMs };
    // Requests in flight end on the old sockets; new ones take the new certificates.
    old?.close(() => undefined);
    return agent;
  }
}

async function modifiedAt(file: string | undefined) {
  return file === undefined ? '' : String((await stat(file)).mtimeMs);
}

async function read(file: string | undefined) {
  return file === undefined ? undefined : readFile(file, 'utf8');
}
