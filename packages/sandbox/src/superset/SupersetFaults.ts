import { json, plain, type Reply } from '../server/Reply';

/** In which ways the sandbox's Superset can fail. */
export type SupersetFault =
  /** The proxy's login page, with 200. */
  | 'html-login'
  /** 429 with Retry-After of a second. */
  | 'rate-limit'
  | 'bad-gateway'
  /** JSON that ends in the middle. */
  | 'half-json'
  /** Tokens that were given out are not known any more. */
  | 'forget-tokens'
  /** Sessions that were given out are not known any more. */
  | 'forget-sessions';

const LOGIN_PAGE =
  '<!doctype html><html><head><title>Sign in</title></head><body><form action="/login"></form></body></html>';

/** What the next requests run into. */
export class SupersetFaults {
  readonly #next: Array<{ fault: SupersetFault; path: RegExp; left: number }> =
    [];

  static create() {
    return new SupersetFaults();
  }

  /** Lets the next requests whose path matches fail. */
  fail(fault: SupersetFault, options: { path?: RegExp; times?: number } = {}) {
    this.#next.push({
      fault,
      path: options.path ?? /./,
      left: options.times ?? 1,
    });
  }

  /** The fault that a request runs into now. */
  take(path: string): SupersetFault | undefined {
    const found = this.#next.find(one => one.left > 0 && one.path.test(path));
    if (!found) return undefined;
    found.left -= 1;
    return found.fault;
  }

  reply(fault: SupersetFault): Reply | undefined {
    switch (fault) {
      case 'html-login':
        return {
          status: 200,
          headers: [['Content-Type', 'text/html; charset=utf-8']],
          body: LOGIN_PAGE,
        };
      case 'rate-limit':
        return {
          ...json({ message: '50 per 1 second' }, [['Retry-After', '1']]),
          status: 429,
        };
      case 'bad-gateway':
        return plain(502, '<html><h1>502 Bad Gateway</h1></html>');
      case 'half-json':
        return {
          status: 200,
          headers: [['Content-Type', 'application/json']],
          body: '{"count": 3, "result": [{"id": 1, ',
        };
      default:
        return undefined;
    }
  }
}
