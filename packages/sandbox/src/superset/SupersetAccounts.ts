import { randomUUID } from 'node:crypto';
import type { SandboxUser } from './supersetSeed';

/** Who may do what: tokens of 15 minutes, sessions and their CSRF tokens. */
export class SupersetAccounts {
  readonly #users: readonly SandboxUser[];
  readonly #now: () => number;
  readonly #tokens = new Map<string, { user: SandboxUser; untilMs: number }>();
  /** CSRF tokens by the session cookie that they belong to. */
  readonly #sessions = new Map<string, string>();
  tokenLifeSeconds = 900;
  logins = 0;

  static create(options: { users: readonly SandboxUser[]; now: () => number }) {
    return new SupersetAccounts(options);
  }

  private constructor(options: {
    users: readonly SandboxUser[];
    now: () => number;
  }) {
    this.#users = options.users;
    this.#now = options.now;
  }

  logIn(username: unknown, password: unknown): string | undefined {
    this.logins += 1;
    const user = this.#users.find(
      one => one.username === username && one.password === password,
    );
    if (!user) return undefined;
    const iat = Math.floor(this.#now() / 1000);
    const exp = iat + this.tokenLifeSeconds;
    const encode = (part: unknown) =>
      Buffer.from(JSON.stringify(part)).toString('base64url');
    const token = [
      encode({ alg: 'HS256', typ: 'JWT' }),
      encode({ iat, exp, sub: String(user.id), jti: randomUUID() }),
      encode('sandbox'),
    ].join('.');
    this.#tokens.set(token, { user, untilMs: exp * 1000 });
    return token;
  }

  userOf(authorization: string | undefined): SandboxUser | undefined {
    const token = this.#tokens.get(
      authorization?.replace(/^Bearer /, '') ?? '',
    );
    return token && token.untilMs > this.#now() ? token.user : undefined;
  }

  /** A CSRF token and the cookie of the session that it is good for. */
  openSession(): { csrf: string; cookie: string } {
    const session = randomUUID();
    const csrf = randomUUID();
    this.#sessions.set(`session=${session}`, csrf);
    return { csrf, cookie: `session=${session}` };
  }

  /** Why a change is refused, in Superset's words. */
  csrfProblem(
    csrf: string | undefined,
    cookie: string | undefined,
  ): string | undefined {
    if (!csrf) return 'The CSRF token is missing.';
    const known = cookie && this.#sessions.get(cookie);
    if (!known) return 'The CSRF session token is missing.';
    return known === csrf ? undefined : 'The CSRF tokens do not match.';
  }

  forgetTokens() {
    this.#tokens.clear();
  }

  forgetSessions() {
    this.#sessions.clear();
  }
}
