import type {
  AuditorService,
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';
import type { UserCredentials } from '../permissions/RunPermissions';
import type { RunStore } from '../store/RunStore';

/** Somebody for whom an action of the actions registry is invoked, without a request of their own. */
export class ActionCaller {
  constructor(readonly credentials: BackstageCredentials) {}
}

/** Who calls. */
export type Caller = Request | ActionCaller;

/** What surrounds each route: who calls, and that it is written down. */
export class RouteContext {
  readonly #auth: AuthService;
  readonly #httpAuth: HttpAuthService;
  readonly #auditor: AuditorService;
  readonly #store: RunStore;
  readonly #logger: LoggerService;

  constructor(options: {
    auth: AuthService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
    store: RunStore;
    logger: LoggerService;
  }) {
    this.#auth = options.auth;
    this.#httpAuth = options.httpAuth;
    this.#auditor = options.auditor;
    this.#store = options.store;
    this.#logger = options.logger;
  }

  /** Whoever calls; permissions decide what they may. */
  async caller(req: Request): Promise<BackstageCredentials> {
    return this.#httpAuth.credentials(req, { allow: ['user', 'service'] });
  }

  /** @throws NotAllowedError when a service calls */
  async person(caller: Caller): Promise<UserCredentials> {
    const credentials =
      caller instanceof ActionCaller
        ? caller.credentials
        : await this.caller(caller);
    if (this.#auth.isPrincipal(credentials, 'user')) return credentials;
    throw new NotAllowedError(
      'Only people preview, start and cancel runs, so that each run has somebody who answers for it. Call this with a user token.',
    );
  }

  /**
   * Does something that is audited: the event stands before any permission is
   * asked, and tells how it went. A refusal is also put on the audit chain.
   */
  async audited<T>(
    caller: Caller,
    options: {
      eventId: string;
      severityLevel: 'low' | 'medium' | 'high';
      meta: JsonObject;
      runId?: string;
    },
    work: (credentials: UserCredentials) => Promise<T>,
  ): Promise<T> {
    const { eventId, severityLevel, meta, runId } = options;
    const event = await this.#auditor.createEvent({
      eventId,
      severityLevel,
      ...(caller instanceof ActionCaller
        ? { meta: { ...meta, via: 'actions-registry', ...this.#actor(caller) } }
        : { request: caller, meta }),
    });
    let actor = 'unknown';
    try {
      const credentials = await this.person(caller);
      actor = credentials.principal.userEntityRef;
      const result = await work(credentials);
      await event.success();
      return result;
    } catch (error) {
      const { message } = toError(error);
      await event.fail({
        error: error instanceof Error ? error : new Error(message),
      });
      if (error instanceof NotAllowedError) {
        await this.#noteDenied({ actor, runId, eventId, meta, message });
      }
      throw error;
    }
  }

  /** Does something that changes nothing: audited only when it is refused. */
  async refusable<T>(
    req: Request,
    options: { eventId: string; meta: JsonObject },
    work: (credentials: BackstageCredentials) => Promise<T>,
  ): Promise<T> {
    const credentials = await this.caller(req);
    try {
      return await work(credentials);
    } catch (error) {
      if (error instanceof NotAllowedError) {
        const event = await this.#auditor.createEvent({
          ...options,
          severityLevel: 'low',
          request: req,
        });
        await event.fail({ error });
      }
      throw error;
    }
  }

  #actor({ credentials }: ActionCaller): JsonObject {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      return { actor: credentials.principal.userEntityRef };
    }
    return this.#auth.isPrincipal(credentials, 'service')
      ? { actor: credentials.principal.subject }
      : {};
  }

  async #noteDenied(denied: {
    actor: string;
    runId?: string;
    eventId: string;
    meta: JsonObject;
    message: string;
  }): Promise<void> {
    const { actor, runId, eventId, meta, message } = denied;
    try {
      await this.#store.appendAudit({
        actor,
        event: 'denied',
        runId,
        detail: { attempt: eventId, message, ...meta },
      });
    } catch (error) {
      // The caller is refused all the same.
      this.#logger.error(
        `A refusal could not be put on the audit chain: ${
          toError(error).message
        }`,
      );
    }
  }
}
