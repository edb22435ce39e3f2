import { readFileSync } from 'node:fs';

/** Counts what Playwright's JSON report tells. */
export function playwrightCounts(file, code) {
  try {
    const { stats } = JSON.parse(readFileSync(file, 'utf8'));
    const failed =
      stats.unexpected + (code !== 0 && stats.unexpected === 0 ? 1 : 0);
    return { passed: stats.expected + stats.flaky, failed };
  } catch (error) {
    console.error(`Playwright left no report: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}
