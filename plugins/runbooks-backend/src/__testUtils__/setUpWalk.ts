import type { Knex } from 'knex';
import { Lake } from './lake';
import { startWalk, TestBook } from './walkHarness';

type Options = Partial<Parameters<typeof startWalk>[0]>;

/** A step that raises a thing: the one that the run is about, unless told. */
export const raise = (id: string, name = '${{ parameters.name }}') => ({
  id,
  action: 'lake:raise',
  input: { name },
});

/** A step that reads a thing, and is content with whatever it finds. */
export const look = (name = 'a') => ({
  id: 'look',
  check: 'lake:read',
  input: { name },
  assert: 'true',
  message: 'm',
});

/** A lake, a book with these files, and an engine that walks them; `start` starts another process. */
export async function setUpWalk(options: {
  knex: Knex;
  files: readonly string[];
  options?: Options;
}) {
  const { knex } = options;
  const lake = new Lake();
  const book = new TestBook();
  for (const file of options.files) book.add(file);
  const start = (more: Options = {}) =>
    startWalk({ knex, lake, book, ...options.options, ...more });
  return { knex, lake, book, start, engine: await start() };
}
