import type { RunbookProblem } from '@lakehouse-ops/plugin-runbooks-common';

/** `file:line:column severity field message` */
export function formatProblem(problem: RunbookProblem): string {
  const { source, line = 1, column = 1, severity, field, message } = problem;
  return [
    `${source}:${line}:${column}`,
    severity,
    ...(field ? [field] : []),
    message,
  ].join(' ');
}

/** A command of GitHub Actions that puts the problem beside its line. */
export function formatForGitHub(problem: RunbookProblem): string {
  const { source, line = 1, column = 1, severity, field, message } = problem;
  const properties = [
    `file=${escapeProperty(source)}`,
    `line=${line}`,
    `col=${column}`,
    ...(field ? [`title=${escapeProperty(field)}`] : []),
  ].join(',');
  return `::${severity} ${properties}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
