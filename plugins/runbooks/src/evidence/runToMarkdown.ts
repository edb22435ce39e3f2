import type {
  PreviewChange,
  Run,
  RunEvent,
  RunStep,
  VerificationMetric,
} from '@lakehouse-ops/plugin-runbooks-common';
import { formatValue } from '@lakehouse-ops/plugin-runbooks-react';
import {
  approvalWords,
  MAX_STEP_LINES,
  stepName,
  waitingWords,
} from './stepLines';

/** Log lines that fit into a report; the newest are kept. */
const MAX_LOG_LINES = 200;

function cell(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}

function row(...cells: string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

function figures(
  items: ReadonlyArray<PreviewChange | VerificationMetric>,
): string[] {
  if (!items.length) return [];
  return [
    '',
    '| what | before | after |',
    '| --- | ---: | ---: |',
    ...items.map(item => {
      const estimated = 'estimated' in item && item.estimated;
      return row(
        item.label,
        formatValue(item.before, item.unit),
        formatValue(item.after, item.unit) + (estimated ? ' (estimated)' : ''),
      );
    }),
  ];
}

/** A fence that the text can't close. */
function fenced(lines: readonly string[]): string[] {
  const longest = Math.max(
    2,
    ...lines.flatMap(line =>
      Array.from(line.matchAll(/`+/g), ([ticks]) => ticks.length),
    ),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence];
}

function failureLines({ error }: Run): string[] {
  if (!error) return [];
  return [
    '',
    '## What went wrong',
    '',
    ...(error.step ? [`Step: ${error.step}`, ''] : []),
    error.message,
    ...(error.alreadyDone ? ['', `Already done: ${error.alreadyDone}`] : []),
    ...(error.nextStep ? ['', `What next: ${error.nextStep}`] : []),
  ];
}

/** One line: no text may break out of its place. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function originLines({ origin }: Run): string[] {
  if (!origin || origin.kind === 'person') return [];
  return [
    oneLine(
      `- Origin: ${origin.kind}${origin.detail ? ` (${origin.detail})` : ''}`,
    ),
  ];
}

function waitingLines({ waitingFor }: Run): string[] {
  if (!waitingFor) return [];
  return ['', '## Waits', '', oneLine(`Waits ${waitingWords(waitingFor)}`)];
}

function approvalLines({ approvals }: Run): string[] {
  if (!approvals?.length) return [];
  return [
    '',
    '## Approvals',
    '',
    ...approvals.map(approval => oneLine(`- ${approvalWords(approval)}`)),
  ];
}

/** What tells the rows of one step apart: an action is checked, done and verified. */
function phaseNames(steps: readonly RunStep[]): Map<RunStep, string> {
  const alike = new Map<string, RunStep[]>();
  for (const step of steps) {
    const key = JSON.stringify([step.stepId ?? step.id, stepName(step)]);
    alike.set(key, [...(alike.get(key) ?? []), step]);
  }
  return new Map(
    [...alike.values()]
      .filter(({ length }) => length > 1)
      .flat()
      .map(step => [step, step.kind ? `: ${step.kind}` : '']),
  );
}

function stepTable({ steps }: Run): string[] {
  const shown = steps.slice(0, MAX_STEP_LINES);
  const said = shown.some(({ message }) => message);
  const phases = phaseNames(shown);
  const columns = ['step', 'state', 'began', 'ended'];
  return [
    row(...columns, ...(said ? ['what came of it'] : [])),
    `|${' --- |'.repeat(columns.length + (said ? 1 : 0))}`,
    ...shown.map(step =>
      row(
        `${stepName(step)}${phases.get(step) ?? ''}`,
        step.state,
        step.startedAt ?? '–',
        step.endedAt ?? '–',
        ...(said ? [step.message ?? '–'] : []),
      ),
    ),
    ...(steps.length > shown.length
      ? ['', `(${steps.length - shown.length} more left out)`]
      : []),
    ...shown.flatMap(({ title, verification }) =>
      verification
        ? [
            '',
            oneLine(
              `${title}: ${verification.outcome}: ${verification.summary}`,
            ),
            ...figures(verification.metrics),
          ]
        : [],
    ),
  ];
}

function logLines(events: readonly RunEvent[]): string[] {
  if (!events.length) return [];
  const shown = events.slice(-MAX_LOG_LINES);
  const dropped = events.length - shown.length;
  return [
    '',
    '## Log',
    '',
    ...fenced([
      ...(dropped ? [`(${dropped} earlier lines left out)`] : []),
      ...shown.map(({ at, level, message }) => `${at} ${level} ${message}`),
    ]),
  ];
}

/** A run as a report to paste into a ticket or a postmortem. Times are UTC. */
export function runToMarkdown(options: {
  run: Run;
  events: readonly RunEvent[];
  /** Address of the run's page. */
  url: string;
}): string {
  const { run, events, url } = options;
  const { target, preview, verification } = run;
  return [
    `# ${run.title}: ${run.state}`,
    '',
    `- Target: ${target.kind} \`${target.name}\` on ${target.system} ${target.connection}`,
    `- Started by: ${run.startedBy}`,
    `- Asked for: ${run.createdAt}`,
    ...(run.startedAt ? [`- Began: ${run.startedAt}`] : []),
    ...(run.endedAt ? [`- Ended: ${run.endedAt}`] : []),
    ...(run.cancelRequestedBy
      ? [`- Cancel asked by: ${run.cancelRequestedBy}`]
      : []),
    ...originLines(run),
    `- Risk: ${run.risk}`,
    `- Parameters: \`${JSON.stringify(run.parameters)}\``,
    `- Preview hash: \`${preview.hash}\``,
    ...(run.definitionHash
      ? [`- Runbook: \`${run.runbookId}\`, version \`${run.definitionHash}\``]
      : []),
    `- Run: ${url}`,
    ...waitingLines(run),
    ...failureLines(run),
    ...approvalLines(run),
    ...(verification
      ? [
          '',
          '## Effect',
          '',
          `${verification.outcome}: ${verification.summary}`,
          ...figures(verification.metrics),
        ]
      : []),
    '',
    '## What was previewed',
    '',
    preview.content.summary,
    ...figures(preview.content.changes),
    '',
    '## Steps',
    '',
    ...stepTable(run),
    ...logLines(events),
    '',
  ].join('\n');
}
