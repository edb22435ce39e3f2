import { z } from 'zod';
import { empty, json, plain, type Reply } from '../server/Reply';
import type { HttpRequest } from '../http/startHttpServer';
import type { GatewayWorld, SandboxBackend } from './GatewayWorld';

const historySchema = z.object({
  page: z.number().int().positive().default(1),
  size: z.number().int().positive().default(10),
  user: z.string().nullish(),
  queryId: z.string().nullish(),
  source: z.string().nullish(),
  externalUrl: z.string().nullish(),
});

const ALL_ROLES: readonly string[] = ['ADMIN', 'USER', 'API'];
/** Comes with HTTP 200. Source: measured on Gateway 20. */
const UNAUTHORIZED = { code: 401, msg: 'Unauthorized' };

/** Passwords by user, and their roles; all of them where only a password is told. */
export type SandboxGatewayUsers = Readonly<
  Record<
    string,
    string | { readonly password: string; readonly roles: readonly string[] }
  >
>;

const loginSchema = z.object({ username: z.string(), password: z.string() });

/** The gateway's own API, in the shapes of Gateway 20. */
export class GatewayResource {
  readonly #world: GatewayWorld;
  readonly #users: SandboxGatewayUsers | undefined;

  private constructor(options: Parameters<typeof GatewayResource.create>[0]) {
    this.#world = options.world;
    this.#users = options.users;
  }

  static create(options: {
    world: GatewayWorld;
    /** No login is asked for when missing. */
    users?: SandboxGatewayUsers;
  }): GatewayResource {
    return new GatewayResource(options);
  }

  /** The answer, or nothing when the path is not one of the gateway's own. */
  answer(request: HttpRequest): Reply | undefined {
    const key = `${request.method} ${request.path}`;
    const open = this.#answerOpen(key, request);
    if (open) return open;
    const guarded = /^\/(gateway|webapp|entity|trino-gateway)\b|^\/userinfo$/;
    if (!guarded.test(request.path)) return undefined;
    const user = this.#userOf(request);
    if (user === undefined) return empty(403);
    return this.#answerGuarded(key, request, user) ?? empty(404);
  }

  #answerOpen(key: string, request: HttpRequest): Reply | undefined {
    const state = /^\/api\/public\/backends\/([^/]+)\/state$/.exec(
      request.path,
    );
    if (state && request.method === 'GET') {
      const backend = this.#world.backend(decodeURIComponent(state[1]));
      return backend ? json(stateOf(backend)) : empty(404);
    }
    switch (key) {
      case 'GET /trino-gateway/livez':
      case 'GET /trino-gateway/readyz':
        return plain(200, 'ok');
      case 'POST /loginType':
        return json({
          code: 200,
          msg: 'Ok',
          data: this.#users ? 'form' : 'none',
        });
      case 'POST /login':
        return json(this.#logIn(request.body));
      case 'GET /api/public/backends':
        return json(this.#world.backends.map(describe));
      default:
        return undefined;
    }
  }

  #answerGuarded(
    key: string,
    request: HttpRequest,
    user: string,
  ): Reply | undefined {
    const roles = this.#rolesOf(user);
    const change = /^\/gateway\/backend\/(activate|deactivate)\/([^/]+)$/.exec(
      request.path,
    );
    if (change && request.method === 'POST') {
      if (!roles.includes('API')) return json(UNAUTHORIZED);
      return this.#change(change[1] === 'activate', change[2]);
    }
    switch (key) {
      case 'GET /gateway':
        return json('ok');
      case 'GET /gateway/backend/all':
      case 'GET /entity/GATEWAY_BACKEND':
        return json(this.#world.backends.map(describe));
      case 'GET /gateway/backend/active':
        return json(
          this.#world.backends.filter(one => one.active).map(describe),
        );
      case 'POST /webapp/getAllBackends':
        return json({
          code: 200,
          msg: 'Successful.',
          data: this.#world.backends.map(backend => ({
            ...describe(backend),
            queued: backend.queued,
            running: backend.running,
            status: backend.status,
          })),
        });
      case 'GET /webapp/getAllBackends':
        return empty(405);
      case 'POST /webapp/findQueryHistory':
        return this.#history(
          request.body,
          roles.includes('ADMIN') ? undefined : user,
        );
      case 'POST /userinfo':
        return json({
          code: 200,
          msg: 'Successful.',
          data: { roles, userName: user },
        });
      default:
        return undefined;
    }
  }

  #change(active: boolean, encodedName: string): Reply {
    const name = decodeURIComponent(encodedName);
    const backend = this.#world.backend(name);
    if (!backend) {
      return plain(
        404,
        `No cluster found with name: ${name}, could not (de)activate`,
      );
    }
    this.#world.setActive(backend, active);
    return empty(200);
  }

  /** @param only - the user whose queries alone are shown */
  #history(body: string, only: string | undefined): Reply {
    const asked = historySchema.parse(JSON.parse(body || '{}'));
    const rows = this.#world.history({
      user: only ?? asked.user ?? undefined,
      queryId: asked.queryId ?? undefined,
      source: asked.source ?? undefined,
      externalUrl: asked.externalUrl ?? undefined,
    });
    const from = (asked.page - 1) * asked.size;
    return json({
      code: 200,
      msg: 'Successful.',
      data: {
        total: rows.length,
        rows: rows.slice(from, from + asked.size).map(row => ({ ...row })),
      },
    });
  }

  #logIn(body: string) {
    const { username, password } = loginSchema.parse(JSON.parse(body));
    if (!this.#users) {
      return { code: 200, msg: 'Successful.', data: { token: username } };
    }
    if (!this.#knows(username, password)) {
      return { code: 500, msg: 'Authentication failed.' };
    }
    return {
      code: 200,
      msg: 'Successful.',
      data: { token: this.#world.logIn(username) },
    };
  }

  /** Who asks; nobody knows when nobody is asked for. */
  #userOf(request: HttpRequest): string | undefined {
    if (!this.#users) return '';
    const [scheme, value = ''] = (request.headers.authorization ?? '').split(
      ' ',
    );
    if (scheme === 'Bearer') return this.#world.loggedInAs(value);
    if (scheme !== 'Basic') return undefined;
    const [user, ...rest] = Buffer.from(value, 'base64')
      .toString('utf8')
      .split(':');
    return this.#knows(user, rest.join(':')) ? user : undefined;
  }

  #knows(user: string, password: string): boolean {
    const known = this.#accountOf(user);
    return known?.password === password;
  }

  #rolesOf(user: string): readonly string[] {
    return this.#users ? this.#accountOf(user)?.roles ?? [] : ALL_ROLES;
  }

  #accountOf(user: string) {
    if (!this.#users || !Object.hasOwn(this.#users, user)) return undefined;
    const account = this.#users[user];
    return typeof account === 'string'
      ? { password: account, roles: ALL_ROLES }
      : account;
  }
}

function describe(backend: SandboxBackend) {
  return {
    active: backend.active,
    routingGroup: backend.routingGroup,
    externalUrl: backend.proxyTo,
    name: backend.name,
    proxyTo: backend.proxyTo,
  };
}

/** Of a backend that nobody has looked at yet there is no address in its state. */
function stateOf(backend: SandboxBackend) {
  const counts = {
    clusterId: backend.name,
    runningQueryCount: backend.running,
    queuedQueryCount: backend.queued,
    numWorkerNodes: 0,
    trinoStatus: backend.status,
  };
  if (backend.status === 'PENDING') return counts;
  return {
    ...counts,
    proxyTo: backend.proxyTo,
    externalUrl: backend.proxyTo,
    routingGroup: backend.routingGroup,
  };
}
