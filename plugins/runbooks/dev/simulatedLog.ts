import type { RunEvent } from '@lakehouse-ops/plugin-runbooks-common';

function levelOf(n: number): RunEvent['level'] {
  if (n === 41) return 'error';
  return n % 13 === 7 ? 'warn' : 'info';
}

/** Lines of each level, more than fit. */
export function someLog(): RunEvent[] {
  return Array.from({ length: 60 }, (_, n) => ({
    sequence: n + 1,
    at: new Date(Date.now() - (60 - n) * 9_000).toISOString(),
    type: 'log' as const,
    level: levelOf(n),
    message:
      n === 41
        ? "superset:chart-data:6*: READONLY You can't write against a read only replica."
        : `superset:chart-data:${(n / 5).toFixed(0)}*: deleted ${n * 31} keys`,
  }));
}
