import type {
  PreviewChange,
  Run,
  RunEvent,
  VerificationMetric,
} from '@lakehouse-ops/plugin-runbooks-common';
import { formatValue } from '@lakehouse-ops/plugin-runbooks-react';

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
    `- Risk: ${run.risk}`,
    `- Parameters: \`${JSON.stringify(run.parameters)}\``,
    `- Preview hash: \`${preview.hash}\``,
    `- Run: ${url}`,
    ...failureLines(run),
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
    '| step | state | began | ended |',
    '| --- | --- | --- | --- |',
    ...run.steps.map(step =>
      row(step.title, step.state, step.startedAt ?? '–', step.endedAt ?? '–'),
    ),
    ...logLines(events),
    '',
  ].join('\n');
}
