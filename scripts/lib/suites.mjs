import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './checks.mjs';
import { root } from './paths.mjs';

const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');

/** Runs Jest over all packages, or over what the patterns match; counts tests. */
export async function jest({ patterns = [], env = {}, args = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lakehouse-ops-jest-'));
  const report = join(folder, 'report.json');
  try {
    const { code } = await run(
      process.execPath,
      [
        cli,
        'repo',
        'test',
        '--watch=false',
        '--json',
        `--outputFile=${report}`,
        ...args,
        ...patterns,
      ],
      {
        env: {
          ...process.env,
          CI: '1',
          // No container engine is asked for: databases are named by their own variables.
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          NODE_OPTIONS: [process.env.NODE_OPTIONS, '--max-old-space-size=4096']
            .filter(Boolean)
            .join(' '),
          ...env,
        },
      },
    );
    const result = readReport(report);
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      passed: result.numPassedTests,
      failed:
        failed === 0 && (code !== 0 || result.numPassedTests === 0)
          ? 1
          : failed,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`Jest left no report: ${error.message}`);
    return {
      numPassedTests: 0,
      numFailedTests: 1,
      numRuntimeErrorTestSuites: 0,
    };
  }
}

/** Runs Node's own test runner over files; counts tests. */
export async function nodeTest(files, env = {}) {
  const { code, output } = await run(
    process.execPath,
    ['--test', '--test-reporter=tap', ...files],
    { quiet: true, env: { ...process.env, ...env } },
  );
  const count = word =>
    Number(output.match(new RegExp(`^# ${word} (\\d+)`, 'm'))?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  return {
    passed: count('pass'),
    failed: code !== 0 && failed === 0 ? 1 : failed,
    output,
  };
}
