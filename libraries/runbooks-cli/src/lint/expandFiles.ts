import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { InputError } from '@backstage/errors';

const MAX_FILES = 5_000;
const MAX_ENTRIES = 200_000;
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git']);

/**
 * The files that paths stand for: a file, all YAML files of a folder, or a
 * pattern with `*` (within a name) and `**` (folders), for shells that leave
 * patterns as they are.
 *
 * @throws InputError that names a path which stands for nothing
 */
export function expandFiles(paths: readonly string[]): string[] {
  const files = new Set<string>();
  for (const path of paths) {
    const found = expand(path);
    if (!found.length) {
      throw new InputError(
        `${path} stands for no file. Write the path of a runbook file, of a folder with some, or a pattern such as runbooks/*.yaml.`,
      );
    }
    for (const file of found) files.add(file);
    if (files.size > MAX_FILES) {
      throw new InputError(
        `There are more than ${MAX_FILES} files. Write a narrower path.`,
      );
    }
  }
  return [...files];
}

function expand(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return [path];
  if (stat?.isDirectory()) {
    return walk(path).filter(file => /\.ya?ml$/.test(file));
  }
  if (!path.includes('*')) return [];
  const segments = path.split(/[\\/]/);
  const first = segments.findIndex(segment => segment.includes('*'));
  const base = segments.slice(0, first).join(sep) || (first ? sep : '.');
  if (!statSync(base, { throwIfNoEntry: false })?.isDirectory()) return [];
  const pattern = segments.slice(first);
  return walk(base).filter(file =>
    fits(
      file
        .slice(join(base, '.').length === 1 ? 0 : base.length)
        .split(sep)
        .filter(Boolean),
      pattern,
    ),
  );
}

function walk(folder: string): string[] {
  const files: string[] = [];
  const folders = [folder];
  let seen = 0;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      seen += 1;
      if (seen > MAX_ENTRIES) {
        throw new InputError(
          `${folder} holds more than ${MAX_ENTRIES} files. Write a narrower path.`,
        );
      }
      const path = join(next, entry.name);
      if (entry.isFile()) files.push(path);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path);
    }
  }
  return files.sort();
}

function fits(names: readonly string[], pattern: readonly string[]): boolean {
  const [wanted, ...rest] = pattern;
  if (wanted === undefined) return names.length === 0;
  if (wanted === '**') {
    return (
      fits(names, rest) || (names.length > 0 && fits(names.slice(1), pattern))
    );
  }
  return (
    names.length > 0 && fitsName(names[0], wanted) && fits(names.slice(1), rest)
  );
}

function fitsName(name: string, pattern: string): boolean {
  const [first, ...rest] = pattern.split('*');
  if (!rest.length) return name === pattern;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? '';
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
