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
} from '@lakehouse-ops/plugin-runbooks-common';
import { tableTarget } from '@lakehouse-ops/plugin-runbooks-react/testUtils';
import { endedRuns } from './endedRuns';
import { fileRuns } from './fileRuns';
import { detail, filePreview } from './fileWorld';
import { brokenFiles, staleCacheDetail, suggestions } from './staleCache';
import { auditOf, findRuns, hash, waitingApprovals } from './simulatedReads';
import { endedWell } from './simulatedEnd';
import { someLog } from './simulatedLog';
import { staleCachePreview } from './staleCachePreview';
import { VIEWER } from './waitingRuns';
import { contents, queryTarget, runbooks as actions } from './world';

const runbooks = [staleCacheDetail, ...actions];

const PREVIEW_LIFE_MS = 120_000;
const STEPS = 5;
const STEP_MS = 1_500;

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

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
    return findRuns([...this.#runs.values()], filter);
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
    return { items: auditOf(run) };
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

  async getWaitingApprovals() {
    await sleep(200);
    return { items: waitingApprovals([...this.#runs.values()]) };
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
    await this.#change(id, endedWell(steps));
  }
}
