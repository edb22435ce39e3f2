import { InputError } from '@backstage/errors';
import {
  runbookFileJsonSchema,
  runbookFlowchart,
} from '@lakehouse-ops/plugin-runbooks-node';
import { Option } from 'commander';
import type { CliOutput } from '../CliOutput';
import { EXIT_FOUND } from '../exitCodes';
import { expandFiles } from '../lint/expandFiles';
import { formatForGitHub, formatProblem } from '../lint/formatProblem';
import { type LintedFile, lintFiles } from '../lint/lintFiles';
import { readActions } from '../lint/readActions';
import type { CommandContext } from './CommandContext';

interface LintOptions {
  readonly actions?: string;
  readonly format: 'text' | 'json' | 'github';
  readonly flowchart?: boolean;
  readonly schema?: boolean;
}

/** `lint`: what is wrong with runbook files. */
export function addLintCommand(context: CommandContext): void {
  const { program, output, exit } = context;
  program
    .command('lint')
    .description('Checks runbook files, and tells file, line and field')
    .argument(
      '[files...]',
      'runbook files, folders with some, or patterns such as "runbooks/**/*.yaml"',
    )
    .option(
      '--actions <file>',
      'what GET /api/runbooks/runbooks answers, as a JSON file: checks the actions of steps too',
    )
    .addOption(
      new Option('--format <format>', 'how problems are printed')
        .choices(['text', 'json', 'github'])
        .default('text'),
    )
    .option('--flowchart', 'print a Mermaid flowchart of each file')
    .option('--schema', 'print the JSON Schema of runbook files, for editors')
    .action((files: string[], options: LintOptions) => {
      if (options.schema) {
        output.out(JSON.stringify(runbookFileJsonSchema(), undefined, 2));
        return;
      }
      if (!files.length) {
        throw new InputError(
          'No files were named. Write, for example: runbooks lint runbooks/*.yaml',
        );
      }
      const linted = lintFiles(
        expandFiles(files),
        options.actions === undefined
          ? undefined
          : readActions(options.actions),
      );
      if (options.flowchart) printFlowcharts(linted, output);
      else printProblems(linted, options.format, output);
      const errors = linted.some(({ problems }) =>
        problems.some(({ severity }) => severity === 'error'),
      );
      if (errors) exit(EXIT_FOUND);
    });
}

function printFlowcharts(
  linted: readonly LintedFile[],
  output: CliOutput,
): void {
  for (const { file, definition, problems } of linted) {
    if (!definition) problems.forEach(each => output.err(formatProblem(each)));
    else {
      if (linted.length > 1) output.out(`%% ${file}`);
      output.out(runbookFlowchart(definition).trimEnd());
    }
  }
}

function printProblems(
  linted: readonly LintedFile[],
  format: LintOptions['format'],
  output: CliOutput,
): void {
  const problems = linted.flatMap(file => file.problems);
  if (format === 'json') {
    output.out(JSON.stringify(problems, undefined, 2));
    return;
  }
  const print = format === 'github' ? formatForGitHub : formatProblem;
  problems.forEach(problem => output.out(print(problem)));
  const count = (wanted: 'error' | 'warning') =>
    problems.filter(({ severity }) => severity === wanted).length;
  output.err(
    `${plural(linted.length, 'file')}, ${plural(
      count('error'),
      'error',
    )}, ${plural(count('warning'), 'warning')}`,
  );
}

function plural(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
