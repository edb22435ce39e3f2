import { toError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import type { RunbookProblem } from '@lakehouse-ops/plugin-runbooks-common';
import { LineCounter, parseAllDocuments } from 'yaml';
import { RUNBOOK_FILE_MAX_BYTES } from './limits';
import { PlainValues } from './PlainValues';
import { Problems } from './Problems';
import { YamlSource } from './YamlSource';

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
