import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  isFinalRunState,
  type Preview,
  type Run,
  type RunbookDetail,
  type RunbookPause,
  type RunbooksApi,
  type RunEvent,
  type RunFilter,
  type RunTarget,
  type SuggestionContext,
  type WaitingApproval,
} from '@lakehouse-ops/plugin-runbooks-common';
import { tableTarget } from '../src/testing/builders';
import { endedRuns } from './endedRuns';
import { fileRuns, VIEWER } from './fileRuns';
import { detail, filePreview } from './fileWorld';
import {
  brokenFiles,
  staleCacheDetail,
  staleCachePreview,
  suggestions,
} from './staleCache';
import { contents, queryTarget, runbooks as actions } from './world';

const runbooks = [staleCacheDetail, ...actions];

const PREVIEW_LIFE_MS = 120_000;
const STEPS = 5;
const STEP_MS = 1_500;

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const hash = (text: string) =>
  Array.from({ length: 64 }, (_, n) =>
    ((text.charCodeAt(n % text.length) * (n + 7)) % 16).toString(16),
  ).join('');

function levelOf(n: number): RunEvent['level'] {
  if (n === 41) return 'error';
  return n % 13 === 7 ? 'warn' : 'info';
}

/** Lines of each level, more than fit. */
function someLog(): RunEvent[] {
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

/** A backend in the page: its runs take some seconds and end well. */
export class SimulatedRunbooksApi implements RunbooksApi {
  readonly #previews = new Map<string, Preview>();
  readonly #runs = new Map<string, Run>(
    [...fileRuns(), ...endedRuns()].map(r => [r.id, r]),
  );
  readonly #events = new Map<string, RunEvent[]>([
    ['file-running', someLog()],
    ['file-failed', someLog()],
  ]);
  #pauses: RunbookPause[] = [];

  async getRunbooks() {
    await sleep(200);
    return { items: [detail, ...runbooks] };
  }

  async getAllowances(asks: ReadonlyArray<{ runbookId: string }>) {
    await sleep(200);
    return {
      items: asks.map(({ runbookId }) =>
        runbookId === 'trino:analyze-table'
          ? {
              allowed: false as const,
              reason:
                'You need runbooks.run.execute on tables of cluster analytics.',
              remedy: 'Ask team-data-platform, which is on call.',
            }
          : { allowed: true as const },
      ),
    };
  }

  async createPreview(request: Parameters<RunbooksApi['createPreview']>[0]) {
    await sleep(600);
    const { runbookId, parameters } = request;
    const now = Date.now();
    if (runbookId === detail.id) {
      const made = filePreview({
        parameters,
        createdAt: new Date(now).toISOString(),
        expiresAt: new Date(now + PREVIEW_LIFE_MS).toISOString(),
      });
      this.#previews.set(made.id, made);
      return made;
    }
    const target: RunTarget =
      runbookId === 'trino:kill-query' ? queryTarget : tableTarget;
    const preview: Preview = {
      id: crypto.randomUUID(),
      runbookId,
      target,
      parameters,
      risk: runbooks.find(({ id }) => id === runbookId)?.risk ?? 'low',
      content: contents[runbookId] ?? contents['trino:optimize-table'],
      hash: hash(JSON.stringify(parameters)),
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + PREVIEW_LIFE_MS).toISOString(),
      execute: { allowed: true },
      ...(runbookId === staleCacheDetail.id ? staleCachePreview : {}),
    };
    this.#previews.set(preview.id, preview);
    return preview;
  }

  async startRun(request: Parameters<RunbooksApi['startRun']>[0]) {
    await sleep(300);
    const preview = this.#previews.get(request.previewId);
    if (!preview) throw new NotFoundError('No such preview.');
    const at = new Date().toISOString();
    const run: Run = {
      id: crypto.randomUUID(),
      runbookId: preview.runbookId,
      title:
        runbooks.find(({ id }) => id === preview.runbookId)?.title ?? 'Run',
      state: 'running',
      risk: preview.risk,
      target: preview.target,
      parameters: preview.parameters,
      preview,
      startedBy: 'user:default/olivia',
      createdAt: at,
      startedAt: at,
      steps: [
        { id: 'execute', title: 'Run it', state: 'running', startedAt: at },
        { id: 'verify', title: 'Read again and compare', state: 'pending' },
      ],
    };
    this.#runs.set(run.id, run);
    this.#play(run);
    return run;
  }

  async getRuns(filter: RunFilter = {}) {
    await sleep(250);
    const { limit = 25, offset = 0 } = filter;
    const all = [...this.#runs.values()]
      .filter(
        run =>
          (!filter.states || filter.states.includes(run.state)) &&
          (!filter.runbookId || filter.runbookId === run.runbookId) &&
          (!filter.startedBy || filter.startedBy === run.startedBy) &&
          (!filter.target || filter.target === run.target.name) &&
          (!filter.entityRef || filter.entityRef === run.entityRef),
      )
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    return {
      items: all.slice(offset, offset + limit),
      total: all.length,
      limit,
      offset,
    };
  }

  async getRun(id: string) {
    const run = this.#runs.get(id);
    if (!run) throw new NotFoundError(`There is no run ${id}.`);
    return run;
  }

  async getRunEvents(
    id: string,
    { after, waitSeconds = 0 }: { after: number; waitSeconds?: number },
  ) {
    for (let tries = 0; tries < waitSeconds * 4; tries += 1) {
      const run = await this.getRun(id);
      const items = (this.#events.get(id) ?? []).filter(
        ({ sequence }) => sequence > after,
      );
      if (items.length || isFinalRunState(run.state)) return { items, run };
      await sleep(250);
    }
    return {
      items: (this.#events.get(id) ?? []).filter(e => e.sequence > after),
      run: await this.getRun(id),
    };
  }

  async cancelRun(id: string) {
    return this.#change(id, { cancelRequestedBy: 'user:default/olivia' });
  }

  async getRunAudit(id: string) {
    const run = await this.getRun(id);
    await sleep(200);
    const events = ['run-asked', 'step-started', 'step-ended', 'run-ended'];
    return {
      items: events.map((event, index) => ({
        sequence: index < 3 ? 41 + index : 46,
        at: run.createdAt,
        actor: index ? 'plugin:runbooks' : run.startedBy,
        event,
        runId: id,
        detail: { target: run.target.name, step: event },
        previousHash: hash(`${id}${index - 1}`),
        hash: hash(`${id}${index}`),
      })),
    };
  }

  async getRunbook(id: string): Promise<RunbookDetail> {
    if (id === detail.id) return detail;
    const runbook = runbooks.find(known => known.id === id);
    if (!runbook) throw new NotFoundError(`There is no runbook ${id}.`);
    return { problems: [], ...runbook };
  }

  async getRunbookProblems() {
    return { items: brokenFiles };
  }

  async getSuggestions(context: SuggestionContext) {
    await sleep(300);
    return { items: context.entityRef?.includes('bare') ? [] : suggestions };
  }

  async getWaitingApprovals(): Promise<{ items: WaitingApproval[] }> {
    await sleep(200);
    const asking = [...this.#runs.values()].filter(
      ({ waitingFor }) => waitingFor?.kind === 'approval',
    );
    return {
      items: asking.map(run => {
        if (run.startedBy === VIEWER) {
          return {
            run,
            decide: { allowed: false, reason: 'You started it.' },
          };
        }
        return run.id.endsWith('denied')
          ? {
              run,
              decide: {
                allowed: false,
                reason: 'You are not of data-platform or on-call.',
                remedy: 'Ask the one on call: see the rota.',
              },
            }
          : { run, decide: { allowed: true } };
      }),
    };
  }

  async decideApproval(
    id: string,
    {
      decision,
      comment,
      previewHash,
    }: Parameters<RunbooksApi['decideApproval']>[1],
  ) {
    await sleep(500);
    if (comment === 'fail') {
      throw new ConflictError(
        'What is to be approved has changed. Look again.',
      );
    }
    const { approvals = [], waitingFor } = await this.getRun(id);
    const stepId =
      waitingFor?.kind === 'approval' ? waitingFor.stepId : undefined;
    const all = [
      ...approvals,
      {
        runId: id,
        stepId,
        decision,
        comment,
        by: VIEWER,
        at: new Date().toISOString(),
        previewHash,
      },
    ];
    return decision === 'denied'
      ? this.#change(id, {
          approvals: all,
          state: 'failed',
          waitingFor: undefined,
          error: { message: `It was denied: ${comment}` },
        })
      : this.#change(id, {
          approvals: all,
          ...(all.length > 1
            ? { state: 'running', waitingFor: undefined }
            : {}),
        });
  }

  async answerStep(id: string) {
    return this.#goOn(id);
  }

  async decideOutcome(id: string) {
    return this.#goOn(id);
  }

  async continueRun(id: string) {
    return this.#goOn(id);
  }

  async #goOn(id: string) {
    await sleep(500);
    return this.#change(id, { state: 'running', waitingFor: undefined });
  }

  async getPauses() {
    return { items: this.#pauses, mayPause: { allowed: true as const } };
  }

  async pause(request: Pick<RunbookPause, 'scope' | 'reason'>) {
    const pause = {
      ...request,
      by: 'user:default/olivia',
      at: new Date().toISOString(),
    };
    this.#pauses = [...this.#pauses, pause];
    return pause;
  }

  async endPause({ scope }: Pick<RunbookPause, 'scope'>) {
    this.#pauses = this.#pauses.filter(
      pause => JSON.stringify(pause.scope) !== JSON.stringify(scope),
    );
  }

  async #change(id: string, part: Partial<Run>) {
    const run = { ...(await this.getRun(id)), ...part };
    this.#runs.set(id, run);
    return run;
  }

  async #play({ id, steps }: Run) {
    const events: RunEvent[] = [];
    this.#events.set(id, events);
    const say = (message: string, part: Partial<RunEvent> = {}) =>
      events.push({
        sequence: events.length + 1,
        at: new Date().toISOString(),
        type: 'log',
        level: 'info',
        message,
        ...part,
      });
    for (let step = 1; step <= STEPS; step += 1) {
      say(`Rewrote ${step * 60} of 300 files`, {
        type: 'progress',
        progress: step / STEPS,
        level: step === 3 ? 'warn' : 'info',
      });
      await sleep(STEP_MS);
      if ((await this.getRun(id)).cancelRequestedBy) {
        await this.#change(id, { state: 'cancelled' });
        return;
      }
    }
    const at = new Date().toISOString();
    await this.#change(id, {
      state: 'succeeded',
      endedAt: at,
      steps: steps.map(step => ({
        ...step,
        state: 'succeeded',
        startedAt: step.startedAt ?? at,
        endedAt: at,
      })),
      verification: {
        outcome: 'verified',
        summary: '300 → 9 files',
        metrics: [
          { label: 'Data files', unit: 'files', before: 300, after: 9 },
          { label: 'p95', unit: 'ms', before: 820, after: 310 },
        ],
      },
    });
  }
}
