/** An ACL user. Rules are Redis' own: `+@all`, `-@dangerous`, `+get`, `-config|get`, `~cache:*`, `allkeys`. */
export interface RedisUserOptions {
  readonly name: string;
  /** Absent: nopass. */
  readonly password?: string;
  readonly rules: readonly string[];
}

/** Says what a user may do. */
export class RedisUser {
  readonly name: string;
  readonly password: string | undefined;
  readonly #rules: readonly string[];
  readonly #keys: readonly RegExp[];

  constructor(options: RedisUserOptions) {
    this.name = options.name;
    this.password = options.password;
    this.#rules = options.rules;
    this.#keys = options.rules
      .map(rule => (rule === 'allkeys' ? '~*' : rule))
      .filter(rule => rule.startsWith('~'))
      .map(rule => globPattern(rule.slice(1)));
  }

  /** @param command - `config|get`; rules of `config` hold for it as well */
  mayRun(command: string, categories: readonly string[]): boolean {
    const names = new Set([command, command.split('|')[0]]);
    let allowed = false;
    for (const rule of this.#rules) {
      const sign = rule[0];
      const what = rule.slice(1);
      const applies = what.startsWith('@')
        ? what === '@all' || categories.includes(what.slice(1))
        : names.has(what);
      if (applies && (sign === '+' || sign === '-')) allowed = sign === '+';
    }
    return allowed;
  }

  mayUseKey(key: string): boolean {
    return this.#keys.some(pattern => pattern.test(key));
  }
}

/** A glob of Redis (`*`, `?`, `[a-z]`, `[^a]`, `\`) as a regular expression. */
export function globPattern(glob: string): RegExp {
  let source = '';
  for (let index = 0; index < glob.length; index += 1) {
    const char = glob[index];
    const close = glob.indexOf(']', index + 1);
    if (char === '*') source += '.*';
    else if (char === '?') source += '.';
    else if (char === '[' && close > index) {
      source += `[${glob.slice(index + 1, close).replaceAll('\\', '\\\\')}]`;
      index = close;
    } else if (char === '\\' && index + 1 < glob.length) {
      index += 1;
      source += escape(glob[index]);
    } else source += escape(char);
  }
  return new RegExp(`^${source}$`, 's');
}

function escape(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}
