import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { SystemHttp } from '../../http/SystemHttp';
import type { SystemAnswer } from '../../http/SystemRequest';
import { KubernetesCredentials } from '../auth/KubernetesCredentials';
import { KubernetesDispatcher } from '../auth/KubernetesDispatcher';
import type { KubernetesConnectionConfig } from '../config/KubernetesConnectionConfig';
import { KUBERNETES_CONFIG_KEY } from '../config/readKubernetesConnectionsConfig';
import { kubernetesErrors } from '../errors';
import { describeRight, grantRemedy } from './describeRight';
import { errorOfStatus } from './errorOfStatus';
import { GoneError } from './GoneError';
import type { KubernetesRequest } from './KubernetesRequest';
import { describeFailure } from '../../http/describeFailure';

/** Answers that say something of the object, and nothing of the server. */
const ANSWERS = [200, 201, 202, 400, 403, 404, 405, 409, 410, 415, 422];

const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().optional(),
  reason: z.string().optional(),
});

/** All HTTP of one connection to an API server. */
export class KubernetesHttp {
  readonly config: KubernetesConnectionConfig;
  readonly #credentials: KubernetesCredentials;
  #http: { url: string; http: SystemHttp } | undefined;

  static create(config: KubernetesConnectionConfig) {
    return new KubernetesHttp(config);
  }

  private constructor(config: KubernetesConnectionConfig) {
    this.config = config;
    this.#credentials = KubernetesCredentials.create(config);
  }

  /** Nothing is wrong with what was not asked yet. */
  get available(): boolean {
    return this.#http?.http.breaker.available ?? true;
  }

  get lastError() {
    return this.#http?.http.breaker.lastError;
  }

  /**
   * @throws the connection's errors; NotFoundError for 404, ConflictError for 409,
   * GoneError for 410, InputError for what the API server finds wrong with the request
   */
  async send<T>(options: KubernetesRequest<T>): Promise<T> {
    const http = await this.#open();
    const answer = await http.send({
      what: `The answer to ${describeRight(options.right)}`,
      method: options.method,
      path: `${options.path}${queryOf(options.query)}`,
      headers: {
        accept: 'application/json',
        ...(options.contentType
          ? { 'content-type': options.contentType }
          : undefined),
      },
      body:
        options.body === undefined ? undefined : JSON.stringify(options.body),
      statuses: ANSWERS,
      maxBytes: this.config.maxResponseBytes,
      limitField: 'maxResponseBytes',
      signal: options.signal,
      retry: options.retry,
      read: whole => whole,
    });
    if (answer.status > 299) throw this.#refusal(options, answer);
    return this.#parse(options, answer);
  }

  async close(): Promise<void> {
    await this.#http?.http.close();
  }

  /** The file that names the address may come late or change. */
  async #open(): Promise<SystemHttp> {
    const url = await this.#credentials.target().then(
      target => target.url,
      error => {
        throw kubernetesErrors.unavailable({
          connection: this.config.id,
          kind: 'unreachable',
          ...this.#describe(error),
          cause: error,
        });
      },
    );
    if (this.#http?.url !== url) {
      const old = this.#http?.http;
      this.#http = { url, http: this.#create(url) };
      await old?.close();
    }
    return this.#http.http;
  }

  #create(url: string): SystemHttp {
    return SystemHttp.create({
      ...this.config,
      url,
      tls: {},
      dispatcher: KubernetesDispatcher.create(this.#credentials),
      configKey: KUBERNETES_CONFIG_KEY,
      errors: kubernetesErrors,
      server: 'the API server',
      probePath: '/version',
      // It lives, whoever it lets in.
      probeStatuses: [200, 401, 403],
      headers: async () => (await this.#credentials.identity()).headers,
      errorOfStatus: options => {
        if (options.answer.status === 401) this.#credentials.forget();
        return errorOfStatus({ config: this.config, ...options });
      },
    });
  }

  #describe(error: unknown) {
    if (error instanceof InputError) {
      return {
        reason: error.message,
        remedy: 'correct auth of the connection, or the file that it names',
      };
    }
    return describeFailure(error, 'the API server');
  }

  #refusal<T>(options: KubernetesRequest<T>, answer: SystemAnswer): Error {
    const { right, name } = options;
    const said = messageOf(answer);
    const object = `${right.resource}${name ? ` ${name}` : ''}${
      right.namespace ? ` in namespace ${right.namespace}` : ''
    }`;
    switch (answer.status) {
      case 403:
        return kubernetesErrors.denied({
          connection: this.config.id,
          status: 403,
          right: describeRight(right),
          reason: `403 on ${describeRight(right)}${said}`,
          remedy: grantRemedy(right),
        });
      case 404:
        return new NotFoundError(
          `Kubernetes ${this.config.id} has no ${object}. Check the names; it may have been removed.`,
        );
      case 409:
        return new ConflictError(
          `${object} of Kubernetes ${this.config.id} was changed by somebody else in the meantime${said}. Nothing was done; look at it again.`,
        );
      case 410:
        return new GoneError(`410 on ${describeRight(right)}${said}`);
      default:
        return new InputError(
          `Kubernetes ${this.config.id} does not take what was asked of ${object}: ${answer.status}${said}. Nothing was done.`,
        );
    }
  }

  #parse<T>(options: KubernetesRequest<T>, answer: SystemAnswer): T {
    const bad = (reason: string, cause?: unknown) =>
      kubernetesErrors.unavailable({
        connection: this.config.id,
        kind: 'bad-response',
        reason: `the answer to ${describeRight(options.right)} ${reason}`,
        remedy:
          'check that the address of the connection is that of a Kubernetes API server, and what proxy stands before it',
        cause,
      });
    let json: unknown;
    try {
      json = JSON.parse(answer.text);
    } catch (error) {
      throw bad(
        answer.text.trimStart().startsWith('<')
          ? 'came as HTML instead of as JSON'
          : 'is not whole JSON',
        error,
      );
    }
    const parsed = options.schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw bad(
      `has not the shape of Kubernetes' API (${
        issue.path.join('.') || 'top'
      }: ${issue.message})`,
    );
  }
}

function queryOf(query: KubernetesRequest<unknown>['query']): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) params.set(name, value);
  }
  return params.size ? `?${params}` : '';
}

const MAX_SAID = 300;

/** What a Status says: ` (…)`, or nothing. */
function messageOf({ text }: SystemAnswer): string {
  try {
    const parsed = statusSchema.safeParse(JSON.parse(text));
    const message = parsed.success ? parsed.data.message : undefined;
    return message ? ` (${message.slice(0, MAX_SAID)})` : '';
  } catch {
    // An answer of a proxy: its status says enough.
    return '';
  }
}
