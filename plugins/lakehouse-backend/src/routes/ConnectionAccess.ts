import type {
  AuditorService,
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { Request } from 'express';

/** Who may see what of which connection. The one place in which routes ask. */
export class ConnectionAccess {
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;
  readonly #auditor: AuditorService;

  static create(options: {
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    auditor: AuditorService;
  }): ConnectionAccess {
    return new ConnectionAccess(options);
  }

  private constructor(options: Parameters<typeof ConnectionAccess.create>[0]) {
    this.#httpAuth = options.httpAuth;
    this.#permissions = options.permissions;
    this.#auditor = options.auditor;
  }

  /** @throws NotAllowedError that says what is missing; the attempt is audited */
  async require(
    request: Request,
    permission: ResourcePermission,
    connection: string,
  ): Promise<void> {
    const allowed = await this.readable(request, permission, [connection]);
    if (allowed.length) return;
    const error = new NotAllowedError(
      `You need the permission ${permission.name} on connection '${connection}' to see this. Ask the people who run this Backstage to allow it in its permission policy.`,
    );
    const event = await this.#auditor.createEvent({
      eventId: 'access-denied',
      severityLevel: 'medium',
      request,
      meta: { permission: permission.name, connection },
    });
    await event.fail({ error });
    throw error;
  }

  /** The connections out of those told of which the caller may see it. */
  async readable(
    request: Request,
    permission: ResourcePermission,
    connections: readonly string[],
  ): Promise<string[]> {
    return this.allowed(
      await this.credentials(request),
      permission,
      connections,
    );
  }

  /** As {@link readable}, for who calls without a request: an action of the actions registry. */
  async allowed(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
    connections: readonly string[],
  ): Promise<string[]> {
    if (!connections.length) return [];
    const decisions = await this.#permissions.authorize(
      connections.map(resourceRef => ({ permission, resourceRef })),
      { credentials },
    );
    return connections.filter(
      (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
    );
  }

  /** Of the user or service that asks. */
  credentials(
    request: Request,
  ): Promise<
    BackstageCredentials<BackstageUserPrincipal | BackstageServicePrincipal>
  > {
    return this.#httpAuth.credentials(request, { allow: ['user', 'service'] });
  }

  /** Entity ref of the user, or name of the service, that asks. */
  async caller(request: Request): Promise<string> {
    const { principal } = await this.credentials(request);
    return principal.type === 'user'
      ? principal.userEntityRef
      : principal.subject;
  }

  /** Does what a person or service does to something sensitive, with an event in the audit log. */
  async audited<T>(
    options: {
      request: Request;
      eventId: string;
      meta: Record<string, string>;
    },
    work: () => Promise<T>,
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      ...options,
      severityLevel: 'low',
    });
    try {
      const result = await work();
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }
}
