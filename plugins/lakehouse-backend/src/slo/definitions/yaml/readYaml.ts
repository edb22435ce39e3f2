import { toError } from '@backstage/errors';
import type { SloProblem } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  Document,
  isAlias,
  isScalar,
  isSeq,
  LineCounter,
  Node,
  parseAllDocuments,
  ParsedNode,
  visit,
  YAMLParseError,
} from 'yaml';
import { YamlObject } from './YamlObject';

/** Larger files are not read. */
export const YAML_MAX_BYTES = 1024 * 1024;
/** Documents, and entries of lists at the top, that a file may hold. */
export const YAML_MAX_OBJECTS = 500;
/** Nodes that aliases may multiply to. */
const ALIASES_MAX = 100;
const SYNTAX_PROBLEMS_MAX = 20;

/** A YAML or JSON text as objects with their places. */
export interface YamlText {
  readonly objects: readonly YamlObject[];
  /** With an error among them there are no objects. */
  readonly problems: readonly SloProblem[];
}

/** Reads all documents of a text; a document may be a list of objects. Never throws. */
export function readYaml(text: string): YamlText {
  const tooMuch = refuse(text);
  if (tooMuch) return failed(tooMuch);
  const lines = new LineCounter();
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      merge: true,
      prettyErrors: false,
      // Its own check takes time in proportion to the square of the keys.
      uniqueKeys: false,
    });
    if (!Array.isArray(documents)) return { objects: [], problems: [] };
    const errors = documents.flatMap(({ errors: found }) => found);
    if (errors.length) {
      return {
        objects: [],
        problems: errors
          .slice(0, SYNTAX_PROBLEMS_MAX)
          .map(error => syntaxProblem(error, lines)),
      };
    }
    const doubled = documents.flatMap(document => doubledKeys(document, lines));
    if (doubled.length) return { objects: [], problems: doubled };
    const objects = documents.flatMap(document => objectsOf(document, lines));
    if (objects.length > YAML_MAX_OBJECTS) return failed(tooMany());
    return { objects, problems: [] };
  } catch (error) {
    return failed(
      `The file can't be read as YAML: ${toError(error).message.slice(
        0,
        200,
      )}. Nothing of it is used. Write plain YAML, with few anchors and little nesting.`,
    );
  }
}

function refuse(text: string): string | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > YAML_MAX_BYTES) {
    return `The file has ${bytes} bytes, more than the ${YAML_MAX_BYTES} that are read. Nothing of it is used. Split it into several files.`;
  }
  let documents = 1;
  for (const _ of text.matchAll(/^---/gm)) {
    documents += 1;
    if (documents > YAML_MAX_OBJECTS + 1) return tooMany();
  }
  return undefined;
}

function tooMany(): string {
  return `The file holds more than ${YAML_MAX_OBJECTS} objects. Nothing of it is used. Split it into several files.`;
}

function failed(message: string): YamlText {
  return { objects: [], problems: [{ severity: 'error', message }] };
}

function objectsOf(
  document: Document.Parsed<ParsedNode>,
  lines: LineCounter,
): YamlObject[] {
  const value: unknown = document.toJS({ maxAliasCount: ALIASES_MAX });
  const resolve = (node: unknown): unknown =>
    isAlias(node) ? node.resolve(document) : node;
  const wrap = (part: unknown, node: Node | null) =>
    new YamlObject({ value: part, node, lines, resolve });
  if (value === null || value === undefined) return [];
  const { contents } = document;
  if (!Array.isArray(value) || !isSeq(contents)) {
    return [wrap(value, contents)];
  }
  const nodes: readonly ParsedNode[] = contents.items;
  return value.map((part: unknown, index) => wrap(part, nodes[index] ?? null));
}

function syntaxProblem(error: YAMLParseError, lines: LineCounter): SloProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  return {
    severity: 'error',
    line,
    column: col,
    message: `This is no valid YAML: ${error.message
      .split('\n')[0]
      .slice(
        0,
        200,
      )}. Nothing of the file is used. Correct the text here, often it is the indentation or a missing quote.`,
  };
}

function doubledKeys(
  document: Document.Parsed<ParsedNode>,
  lines: LineCounter,
): SloProblem[] {
  const problems: SloProblem[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          const { line, col } = lines.linePos(key.range?.[0] ?? 0);
          problems.push({
            severity: 'error',
            line,
            column: col,
            message:
              'A field is written twice in the same place. Only one of them could count, so nothing of the file is used. Remove one.',
          });
        }
        keys.add(key.value);
      }
      return problems.length < SYNTAX_PROBLEMS_MAX ? undefined : visit.BREAK;
    },
  });
  return problems.slice(0, SYNTAX_PROBLEMS_MAX);
}
