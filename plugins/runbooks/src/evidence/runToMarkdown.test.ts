import type { RunEvent } from '@lakehouse-ops/plugin-runbooks-common';
import {
  aCompactionRun,
  anEvent,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { runToMarkdown } from './runToMarkdown';

const report = (
  run = aCompactionRun(),
  events: readonly RunEvent[] = [anEvent(1, 'Rewrote 300 files')],
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
      '2026-11-21T10:01:02Z info Rewrote 300 files',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('What went wrong');
  });

  it('says what went wrong, what was done and what next', () => {
    const text = report(
      aCompactionRun({
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
    const run = aCompactionRun();
    const text = report(
      aCompactionRun({ steps: [{ ...run.steps[0], title: 'a | b\nc' }] }),
      [anEvent(1, 'prints ``` and goes on')],
    );
    expect(text).toContain('| a \\| b c |');
    expect(text).toContain('````text');
  });

  it('keeps the newest lines of a long log and says so', () => {
    const events = Array.from({ length: 250 }, (_, n) =>
      anEvent(n + 1, `line ${n + 1}.`),
    );
    const text = report(aCompactionRun(), events);
    expect(text).toContain('(50 earlier lines left out)');
    expect(text).toContain('line 250.');
    expect(text).not.toContain('line 50.');
  });

  it('tells origin, version, approvals, waits and what came of each step', () => {
    const text = report(
      aCompactionRun({
        state: 'waiting',
        definitionHash: 'version-1',
        origin: { kind: 'alert', detail: 'cache-hit-ratio' },
        approvals: [
          {
            runId: 'run-1',
            decision: 'approved',
            by: 'user:default/lena',
            at: '2026-11-21T10:02:00Z',
            comment: 'go\n# on',
            previewHash: 'hash-1',
          },
        ],
        waitingFor: {
          kind: 'lock',
          since: '2026-11-21T10:03:00Z',
          until: '2026-11-21T11:03:00Z',
          key: 'redis/main/prefix:a',
          heldBy: 'user:default/tom',
          heldByRunId: 'run-0',
        },
        steps: [
          {
            id: 'flush#1/execute',
            stepId: 'flush',
            section: 'finally',
            title: 'Flush',
            item: { index: 1, label: 'prefix b' },
            attempt: 2,
            state: 'failed',
            message: 'Redis did not answer.',
          },
        ],
      }),
    );
    for (const part of [
      '- Origin: alert (cache-hit-ratio)',
      '- Runbook: `trino:optimize-table`, version `version-1`',
      '- user:default/lena approved preview `hash-1` at 2026-11-21T10:02:00Z: go # on',
      'Waits since 2026-11-21T10:03:00Z for run run-0 of user:default/tom, which holds redis/main/prefix:a',
      '| at the end: Flush (prefix b) (attempt 2) | failed | – | – | Redis did not answer. |',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('tells the phases of an action apart', () => {
    const phase = (kind: 'check' | 'execute', message?: string) => ({
      id: `flush/${kind}`,
      stepId: 'flush',
      title: 'Flush',
      kind,
      state: 'succeeded' as const,
      message,
    });
    const text = runToMarkdown({
      url: 'https://backstage.example.com/runbooks/runs/run-1',
      events: [],
      run: aCompactionRun({
        steps: [
          { ...phase('check'), id: 'look/check', stepId: 'look' },
          phase('check'),
          phase('execute', '12 keys'),
        ],
      }),
    });
    expect(text).toContain('| Flush | succeeded |');
    expect(text).toContain('| Flush: check | succeeded |');
    expect(text).toContain('| Flush: execute | succeeded | – | – | 12 keys |');
  });
});
