import { toError } from '@backstage/errors';
import type { JsonArray, JsonObject, JsonValue } from '@backstage/types';
import type { RunbookProblem } from '@lakehouse-ops/plugin-runbooks-common';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
} from 'yaml';
import { isDataKey } from '../expressions/limits';
import {
  FILE_MAX_ALIASES,
  FILE_MAX_DEPTH,
  FILE_MAX_VALUES,
  RUNBOOK_FILE_MAX_BYTES,
} from './limits';
import { Problems } from './Problems';
import { type FieldPath, YamlSource } from './YamlSource';

/** What follows is mostly a consequence of the first. */
const SYNTAX_PROBLEMS_MAX = 3;

/** What a text says as plain JSON, and where; or why it can't be read. */
export type ReadYaml =
  | { readonly value: JsonValue; readonly yaml: YamlSource }
  | { readonly value?: undefined; readonly problems: RunbookProblem[] };

/** Reads a text that is one YAML document of plain JSON values. Never throws. */
export function readYaml(text: string, source: string): ReadYaml {
  const failed = (message: string, place?: object): ReadYaml => ({
    problems: [{ severity: 'error', field: '', message, source, ...place }],
  });
  const bytes = Buffer.byteLength(text);
  if (bytes > RUNBOOK_FILE_MAX_BYTES) {
    return failed(
      `The file has ${bytes} bytes, more than the ${RUNBOOK_FILE_MAX_BYTES} that are read. Shorten it.`,
    );
  }
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      schema: 'core',
      merge: false,
      // Its own check takes time in proportion to the square of the keys.
      uniqueKeys: false,
    });
    if (!Array.isArray(documents) || documents.length === 0) {
      return failed('The file is empty. Write a runbook into it.');
    }
    const [document, more] = documents;
    const yaml = new YamlSource(document, lines);
    if (more) {
      return failed(
        'The file holds more than one document. Write each runbook into a file of its own.',
        yaml.placeOf(more.range?.[0] ?? 0),
      );
    }
    const faults = [...document.errors, ...document.warnings];
    if (faults.length) {
      return {
        problems: faults
          .slice(0, SYNTAX_PROBLEMS_MAX)
          .map(({ message, pos }) => ({
            severity: 'error',
            field: '',
            source,
            ...yaml.placeOf(pos[0]),
            message: `This is no plain YAML: ${message
              .split('\n')[0]
              .slice(0, 200)}. Nothing of the file is used. ${advice(
              text,
              pos[0],
            )}`,
          })),
      };
    }
    const problems = new Problems({ source, yaml });
    const value = new PlainValues(document, problems).read();
    return problems.hasErrors
      ? { problems: problems.list() }
      : { value: value ?? null, yaml };
  } catch (error) {
    return failed(
      `The file can't be read as YAML: ${toError(error).message.slice(
        0,
        200,
      )}. Nothing of it is used. Write plain YAML with little nesting.`,
    );
  }
}

/** What is most often wrong with such a line. */
function advice(text: string, offset: number): string {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(from, end < 0 ? undefined : end);
  return line.includes('${{')
    ? "Put '${{ … }}' into quotes when it stands within { } or [ ], or has a colon or # in it."
    : 'Correct the text here.';
}

/** Turns nodes of YAML into JSON; what JSON has not is a problem. */
class PlainValues {
  readonly #document: Document;
  readonly #problems: Problems;
  #values = 0;
  #aliases = 0;

  constructor(document: Document, problems: Problems) {
    this.#document = document;
    this.#problems = problems;
  }

  read(): JsonValue | undefined {
    return this.#read(this.#document.contents, []);
  }

  #read(node: unknown, path: FieldPath): JsonValue | undefined {
    if (this.#tooMuch(path)) return undefined;
    if (isAlias(node)) {
      this.#aliases += 1;
      if (this.#aliases > FILE_MAX_ALIASES) {
        return this.#refuse(
          path,
          `There are more than ${FILE_MAX_ALIASES} aliases (*). Write the values out.`,
        );
      }
      return this.#read(node.resolve(this.#document), path);
    }
    if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.tag !== undefined) {
        return this.#refuse(
          path,
          `The tag '${node.tag.slice(0, 40)}' can't be used here. Remove it.`,
        );
      }
    }
    if (isMap(node)) return this.#readMap(node.items, path);
    if (isSeq(node)) {
      const list: JsonArray = [];
      for (const [index, item] of node.items.entries()) {
        list.push(this.#read(item, [...path, index]) ?? null);
      }
      return list;
    }
    return this.#readScalar(isScalar(node) ? node.value : node, path);
  }

  #readMap(
    items: ReadonlyArray<{ key: unknown; value: unknown }>,
    path: FieldPath,
  ): JsonObject {
    const object: JsonObject = {};
    for (const { key: keyNode, value } of items) {
      const key = isScalar(keyNode) ? String(keyNode.value) : undefined;
      if (key === undefined) {
        this.#refuse(
          path,
          'A field has no plain name. Write a text before the colon.',
        );
      } else if (key === '<<') {
        this.#refuse(
          [...path, key],
          'Merge keys (<<) are not read. Write the fields out.',
        );
      } else if (!isDataKey(key)) {
        this.#refuse(
          [...path, key],
          `A field can't be called '${key}'. Choose another name.`,
        );
      } else if (Object.hasOwn(object, key)) {
        this.#refuse(
          [...path, key],
          'This field is written twice. Only one of them could count: remove one.',
        );
      } else object[key] = this.#read(value, [...path, key]) ?? null;
    }
    return object;
  }

  #readScalar(value: unknown, path: FieldPath): JsonValue | undefined {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return this.#refuse(path, 'This is no number that can be counted with.');
    }
    if (
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    ) {
      return value;
    }
    if (value === null || value === undefined) return null;
    return this.#refuse(
      path,
      'This is neither a text, a number, nor true or false. Write one of them.',
    );
  }

  #tooMuch(path: FieldPath): boolean {
    this.#values += 1;
    if (this.#values > FILE_MAX_VALUES) {
      this.#refuse(
        [],
        `The file says more than ${FILE_MAX_VALUES} values. Shorten it, and use fewer aliases.`,
      );
      return true;
    }
    if (path.length > FILE_MAX_DEPTH) {
      this.#refuse(
        path.slice(0, 6),
        `There are more than ${FILE_MAX_DEPTH} levels within each other. Make it flatter.`,
      );
      return true;
    }
    return false;
  }

  #refuse(path: FieldPath, message: string): undefined {
    this.#problems.error(path, message);
    return undefined;
  }
}
