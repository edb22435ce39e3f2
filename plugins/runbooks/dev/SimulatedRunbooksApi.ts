import { NotFoundError } from '@backstage/errors';
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
} from '@lakehouse-ops/plugin-runbooks-common';
import { tableTarget } from '../src/testing/builders';
import { endedRuns } from './endedRuns';
import { contents, queryTarget, runbooks } from './world';

const PREVIEW_LIFE_MS = 120_000;
const STEPS = 5;
const STEP_MS = 1_500;

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const hash = (text: string) =>
  Array.from({ length: 64 }, (_, n) =>
    ((text.charCodeAt(n % text.length) * (n + 7)) % 16).toString(16),
  ).join('');

/** A backend in the page: its runs take some seconds and end well. */
export class SimulatedRunbooksApi implements RunbooksApi {
  readonly #previews = new Map<string, Preview>();
  readonly #runs = new Map<string, Run>(endedRuns().map(r => [r.id, r]));
  readonly #events = new Map<string, RunEvent[]>();
  #pauses: RunbookPause[] = [];

  async getRunbooks() {
    await sleep(200);
    return { items: runbooks };
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
          (!filter.target || filter.target === run.target.name),
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

  async getRunEvents(id: string, { after }: { after: number }) {
    for (let tries = 0; tries < 20; tries += 1) {
      const run = await this.getRun(id);
      const items = (this.#events.get(id) ?? []).filter(
        ({ sequence }) => sequence > after,
      );
      if (items.length || isFinalRunState(run.state)) return { items, run };
      await sleep(250);
    }
    return { items: [], run: await this.getRun(id) };
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
    const runbook = runbooks.find(known => known.id === id);
    if (!runbook) throw new NotFoundError(`There is no runbook ${id}.`);
    return { ...runbook, problems: [] };
  }

  async getRunbookProblems() {
    return { items: [] };
  }

  async getSuggestions() {
    return { items: [] };
  }

  async getWaitingApprovals() {
    return { items: [] };
  }

  async decideApproval(id: string) {
    return this.#change(id, { state: 'running', waitingFor: undefined });
  }

  async answerStep(id: string) {
    return this.#change(id, { state: 'running', waitingFor: undefined });
  }

  async decideOutcome(id: string) {
    return this.#change(id, { state: 'running', waitingFor: undefined });
  }

  async continueRun(id: string) {
    return this.#change(id, { state: 'running', waitingFor: undefined });
  }

  async getPauses() {
    return { items: this.#pauses };
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
