import type { JsonArray, JsonObject, JsonValue } from '@backstage/types';
import { type Document, isAlias, isMap, isScalar, isSeq } from 'yaml';
import { isDataKey } from '../expressions/limits';
import { FILE_MAX_ALIASES, FILE_MAX_DEPTH, FILE_MAX_VALUES } from './limits';
import type { Problems } from './Problems';
import type { FieldPath } from './YamlSource';

/** Turns nodes of YAML into JSON; what JSON has not is a problem. */
export class PlainValues {
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
