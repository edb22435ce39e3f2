import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(
  __dirname,
  '../../plugins/lakehouse-backend/src/ingest/__fixtures__',
);

/** An id has 27 characters; those that tell queries apart are replaced in place. */
const DIGITS = 5;

interface Template {
  readonly body: Buffer;
  /** Where the counter of the query's own id stands, each time. */
  readonly counterAt: readonly number[];
  /** Where its suffix stands. */
  readonly suffixAt: readonly number[];
}

/** Makes as many events as one likes out of captured ones: the same bytes but for the query's id. */
export class EventSource {
  readonly #templates: readonly Template[];

  static ofCaptured(): EventSource {
    const templates = readdirSync(FIXTURES)
      .filter(name => name.endsWith('.completed.json'))
      .sort()
      .map(name => toTemplate(readFileSync(join(FIXTURES, name))));
    return new EventSource(templates);
  }

  private constructor(templates: readonly Template[]) {
    this.#templates = templates;
  }

  get kinds(): number {
    return this.#templates.length;
  }

  get meanBytes(): number {
    const total = this.#templates.reduce(
      (sum, { body }) => sum + body.length,
      0,
    );
    return total / this.#templates.length;
  }

  /** A buffer of its own, as a request's body would be. */
  event(round: number, index: number): Buffer {
    const { body, counterAt, suffixAt } =
      this.#templates[index % this.#templates.length];
    const copy = Buffer.from(body);
    const counter = String(index).padStart(DIGITS, '0');
    const suffix = round.toString(36).padStart(DIGITS, 'x');
    for (const at of counterAt) copy.write(counter, at, 'latin1');
    for (const at of suffixAt) copy.write(suffix, at, 'latin1');
    return copy;
  }
}

function toTemplate(body: Buffer): Template {
  const queryId: string = JSON.parse(body.toString()).metadata.queryId;
  const prefix = queryId.length - 2 * DIGITS - 1;
  const found: number[] = [];
  for (let at = body.indexOf(queryId); at >= 0; ) {
    found.push(at);
    at = body.indexOf(queryId, at + queryId.length);
  }
  return {
    body,
    counterAt: found.map(at => at + prefix),
    suffixAt: found.map(at => at + prefix + DIGITS + 1),
  };
}
