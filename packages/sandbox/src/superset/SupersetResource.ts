import { z } from 'zod';
import type { HttpRequest } from '../http/startHttpServer';
import { header } from '../server/Exchange';
import { json, plain, type Reply } from '../server/Reply';
import { alertRoutes } from './alertRoutes';
import { cacheRoutes } from './cacheRoutes';
import { objectRoutes } from './objectRoutes';
import { message, read, type Route } from './route';
import type { SupersetAccounts } from './SupersetAccounts';
import type { SupersetFaults } from './SupersetFaults';
import type { SandboxUser } from './supersetSeed';
import type { SupersetWorld } from './SupersetWorld';

const loginSchema = z.object({ username: z.string(), password: z.string() });
/** Superset's REST API, as far as it is used. */
export class SupersetResource {
  readonly #world: SupersetWorld;
  readonly #accounts: SupersetAccounts;
  readonly #faults: SupersetFaults;
  readonly #routes: Route[];

  static create(options: {
    world: SupersetWorld;
    accounts: SupersetAccounts;
    faults: SupersetFaults;
  }) {
    return new SupersetResource(options);
  }

  private constructor(options: Parameters<typeof SupersetResource.create>[0]) {
    this.#world = options.world;
    this.#accounts = options.accounts;
    this.#faults = options.faults;
    this.#routes = [
      ...objectRoutes(options.world, options.accounts),
      ...cacheRoutes(options.world),
      ...alertRoutes(options.world),
    ];
  }

  answer(request: HttpRequest): Reply {
    const { path } = request;
    if (path === '/health') return plain(200, 'OK');
    const fault = this.#faults.take(path);
    if (fault === 'forget-tokens') this.#accounts.forgetTokens();
    if (fault === 'forget-sessions') this.#accounts.forgetSessions();
    const broken = fault && this.#faults.reply(fault);
    if (broken) return broken;
    if (path === '/api/v1/security/login') return this.#logIn(request);
    const user = this.#accounts.userOf(
      header(request.headers, 'authorization'),
    );
    if (!user) return message(401, 'Missing Authorization Header');
    this.#world.advance();
    for (const route of this.#routes) {
      const match = route.pattern.exec(path);
      if (!match || route.method !== request.method) continue;
      const refused = this.#refuse(route, request, user);
      return refused ?? route.answer({ request, user, params: match.slice(1) });
    }
    return message(404, 'Not found');
  }

  #refuse(
    route: Route,
    request: HttpRequest,
    user: SandboxUser,
  ): Reply | undefined {
    if (route.pattern.source.includes('report') && !this.#world.alertsOn) {
      return message(404, 'Not found');
    }
    if (route.csrf) {
      const problem = this.#accounts.csrfProblem(
        header(request.headers, 'x-csrftoken'),
        header(request.headers, 'cookie'),
      );
      if (problem) return message(400, `400 Bad Request: ${problem}`);
    }
    return route.right && !user.rights.includes(route.right)
      ? message(403, 'Forbidden')
      : undefined;
  }

  #logIn(request: HttpRequest): Reply {
    const body = read(loginSchema, request);
    const token = body && this.#accounts.logIn(body.username, body.password);
    return token
      ? json({ access_token: token })
      : message(401, 'Not authorized');
  }
}
