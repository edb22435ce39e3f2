import { InputError } from '@backstage/errors';

/** Words that a statement begins with that only reads. */
const READS = new Set([
  'SELECT',
  'WITH',
  'VALUES',
  'TABLE',
  'SHOW',
  'DESCRIBE',
  'DESC',
  'EXPLAIN',
]);

/** Statements that are no queries: Trino can't be asked to validate them first. */
const TELLS = new Set(['SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN']);

/** Comments, strings, quoted names, words, and any other sign, in this order. */
const TOKEN =
  /\s+|--[^\r\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_]*|[\s\S]/uy;

/** A statement that was found to only read. */
export interface ReadOnlyStatement {
  readonly sql: string;
  /** Whether `EXPLAIN (TYPE VALIDATE)` takes it. */
  readonly isQuery: boolean;
}

/**
 * Takes a statement only if it reads and is one: what it begins with tells in Trino's
 * grammar, in which no query can hold a statement that changes something. Table
 * functions are refused, since some pass a statement on to another database.
 *
 * @throws InputError that says what is not allowed
 */
export function readOnlySql(text: string): ReadOnlyStatement {
  const words = tokensOf(text);
  const first = words.find(word => word !== '(');
  const begun = first?.toUpperCase() ?? '';
  if (!READS.has(begun)) {
    throw new InputError(
      `sql: it begins with '${
        first ?? ''
      }'. Only statements that read are run here: SELECT, WITH, VALUES, SHOW, DESCRIBE and EXPLAIN.`,
    );
  }
  words.forEach((word, index) => {
    if (word === ';') {
      throw new InputError(
        'sql: it holds a semicolon. Write one statement, without one at its end.',
      );
    }
    if (isWord(word, 'TABLE') && words[index + 1] === '(') {
      throw new InputError(
        'sql: it calls a table function. Some of them pass statements on to other databases, so that none is run here. Select from a table or view.',
      );
    }
    if (begun === 'EXPLAIN' && isWord(word, 'ANALYZE')) {
      throw new InputError(
        'sql: EXPLAIN ANALYZE runs what it explains. Leave ANALYZE out.',
      );
    }
  });
  return { sql: text, isQuery: !TELLS.has(begun) };
}

function isWord(token: string | undefined, word: string): boolean {
  return token?.toUpperCase() === word;
}

/** All but white space and comments. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const found = TOKEN.exec(text);
    if (!found) return tokens;
    const [token] = found;
    if (token === "'" || token === '"' || token === '/') {
      requireClosed(token, text.slice(found.index));
    }
    if (!/^(\s|--|\/\*)/.test(token)) tokens.push(token);
  }
}

/** A quote or comment that does not end would hide what follows. */
function requireClosed(token: string, rest: string): void {
  if (token === '/' && !rest.startsWith('/*')) return;
  throw new InputError(
    `sql: a ${
      token === '/' ? 'comment' : 'quote'
    } is begun and not ended. End it.`,
  );
}
