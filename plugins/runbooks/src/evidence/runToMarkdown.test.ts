import type { RunEvent } from '@lakehouse-ops/plugin-runbooks-common';
import { aRun } from '../testing';
import { runToMarkdown } from './runToMarkdown';

const event = (sequence: number, message: string): RunEvent => ({
  sequence,
  at: '2026-11-21T10:01:05Z',
  type: 'log',
  level: 'info',
  message,
});

const report = (
  run = aRun(),
  events: readonly RunEvent[] = [event(1, 'Rewrote 300 files')],
) => runToMarkdown({ run, events, url: 'https://x/runbooks/runs/run-1' });

describe('runToMarkdown', () => {
  it('reports outcome, who, when, effect, preview, steps and log', () => {
    const text = report();
    expect(text).toMatch(/^# Compact table: succeeded\n/);
    for (const part of [
      '- Target: table `lake.gold.daily_sales` on trino analytics',
      '- Started by: user:default/olivia',
      '- Preview hash: `preview-hash`',
      'verified: 300 → 9 files',
      '| Data files | 300 | 9 (estimated) |',
      '| Rewrite the files | succeeded | 2026-11-21T10:01:00Z |',
      '2026-11-21T10:01:05Z info Rewrote 300 files',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('What went wrong');
  });

  it('says what went wrong, what was done and what next', () => {
    const text = report(
      aRun({
        state: 'failed',
        verification: undefined,
        error: {
          step: 'execute',
          message: 'Trino answered 503.',
          alreadyDone: 'nothing.',
          nextStep: 'start Trino.',
        },
      }),
    );
    expect(text).toContain('Trino answered 503.');
    expect(text).toContain('Already done: nothing.');
    expect(text).toContain('What next: start Trino.');
    expect(text).not.toContain('## Effect');
  });

  it('lets no name or line break out of its place', () => {
    const run = aRun();
    const text = report(
      aRun({ steps: [{ ...run.steps[0], title: 'a | b\nc' }] }),
      [event(1, 'prints ``` and goes on')],
    );
    expect(text).toContain('| a \\| b c |');
    expect(text).toContain('````text');
  });

  it('keeps the newest lines of a long log and says so', () => {
    const events = Array.from({ length: 250 }, (_, n) =>
      event(n + 1, `line ${n + 1}.`),
    );
    const text = report(aRun(), events);
    expect(text).toContain('(50 earlier lines left out)');
    expect(text).toContain('line 250.');
    expect(text).not.toContain('line 50.');
  });
});
