import { quote } from '../yaml/fields';
import type { Spot } from '../yaml/Spot';

const QUERY_MAX = 10_000;
const CLOSES: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
};

/** Where a range is put in, as in Sloth's files. */
const WINDOW = /\{\{\s*\.\s*window\s*\}\}/g;
const TEMPLATE = '{{.window}}';

/**
 * Reads PromQL as far as it can be judged without the server: it says
 * something, its brackets and quotes close, and its only template is the window.
 */
export function readPromql(written: string, spot: Spot): string | undefined {
  const query = written.trim().replace(WINDOW, TEMPLATE);
  if (!query) {
    return spot.error(
      'The query is empty, so there is nothing to ask Prometheus. Write PromQL.',
    );
  }
  if (query.length > QUERY_MAX) {
    return spot.error(
      `The query is longer than ${QUERY_MAX} characters. Put it in a recording rule, and ask for what that records.`,
    );
  }
  const plain = query.replaceAll(TEMPLATE, '5m');
  const template = /\{\{[^}]{0,60}\}\}/.exec(plain);
  if (template) {
    return spot.error(
      `${quote(
        template[0],
      )} stands for something that is not known here; only {{.window}} is. Write its value instead.`,
    );
  }
  const wrong = firstUnclosed(plain);
  return wrong === undefined
    ? query
    : spot.error(
        `${quote(
          wrong,
        )} in the query is not closed or not opened, so Prometheus would refuse it. Correct its brackets and quotes.`,
      );
}

/** Whether it asks over a range that is put in later. */
export function hasWindow(query: string): boolean {
  return query.includes(TEMPLATE);
}

function firstUnclosed(query: string): string | undefined {
  const open: string[] = [];
  let text: string | undefined;
  for (let at = 0; at < query.length; at += 1) {
    const char = query[at];
    if (text !== undefined) {
      if (char === '\\' && text !== '`') at += 1;
      else if (char === text) text = undefined;
    } else if (char === '"' || char === "'" || char === '`') {
      text = char;
    } else if (char === '#') {
      const end = query.indexOf('\n', at);
      at = end < 0 ? query.length : end;
    } else if (CLOSES[char]) {
      open.push(char);
    } else if (char === ')' || char === ']' || char === '}') {
      const last = open.pop();
      if (last === undefined || CLOSES[last] !== char) return char;
    }
  }
  return text ?? open.pop();
}
