import { closeSync, openSync, readSync } from 'node:fs';
import { toError } from '@backstage/errors';
import type {
  RunbookDefinition,
  RunbookProblem,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  parseRunbookFile,
  RUNBOOK_FILE_MAX_BYTES,
  type RunbookActionFacts,
} from '@lakehouse-ops/plugin-runbooks-node';

/** What was found of one file. */
export interface LintedFile {
  readonly file: string;
  readonly definition?: RunbookDefinition;
  readonly problems: readonly RunbookProblem[];
}

/** Checks files each by itself, and that no two are called the same. */
export function lintFiles(
  files: readonly string[],
  actions?: ReadonlyMap<string, RunbookActionFacts>,
): LintedFile[] {
  const taken = new Map<string, string>();
  return files.map(file => {
    const { definition, problems } = lintFile(file, actions);
    const other = definition && taken.get(definition.name);
    if (definition && other === undefined) taken.set(definition.name, file);
    return {
      file,
      definition,
      problems:
        definition && other !== undefined
          ? [...problems, sameName({ file, other, name: definition.name })]
          : problems,
    };
  });
}

function lintFile(
  file: string,
  actions?: ReadonlyMap<string, RunbookActionFacts>,
): ReturnType<typeof parseRunbookFile> {
  try {
    return parseRunbookFile({ text: readStart(file), source: file, actions });
  } catch (error) {
    return {
      problems: [
        {
          severity: 'error',
          field: '',
          source: file,
          message: `The file can't be read: ${toError(error).message}.`,
        },
      ],
    };
  }
}

/** One byte more than a runbook may have tells that it is too large. */
function readStart(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(RUNBOOK_FILE_MAX_BYTES + 1);
    let size = 0;
    for (;;) {
      const read = readSync(handle, bytes, size, bytes.length - size, null);
      size += read;
      if (read === 0 || size === bytes.length) break;
    }
    return bytes.toString('utf8', 0, size);
  } finally {
    closeSync(handle);
  }
}

function sameName(options: {
  file: string;
  other: string;
  name: string;
}): RunbookProblem {
  const { file, other, name } = options;
  return {
    severity: 'error',
    field: 'metadata.name',
    source: file,
    message: `Both ${other} and this file are called '${name}'. Give one of them another name.`,
  };
}
