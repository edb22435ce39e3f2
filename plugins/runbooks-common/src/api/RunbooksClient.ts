import { ResponseError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type {
  Allowance,
  AuditEntry,
  Preview,
  Run,
  RunbookSummary,
  RunEvent,
  RunFilter,
  RunPage,
  RunApproval,
  RunbookDetail,
  RunbookPause,
  RunbookProblem,
  RunbookSuggestion,
  SuggestionContext,
  WaitingApproval,
  RunTarget,
} from '../model';
import type { RunbooksApi } from './RunbooksApi';

/**
 * {@link RunbooksApi} over HTTP.
 *
 * @public
 */
export class RunbooksClient implements RunbooksApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getRunbooks() {
    return this.#send<{ items: RunbookSummary[] }>('GET', '/runbooks');
  }

  getAllowances(asks: ReadonlyArray<{ runbookId: string; target: RunTarget }>) {
    return this.#send<{ items: Allowance[] }>('POST', '/allowances', {
      body: { asks },
    });
  }

  createPreview(request: {
    runbookId: string;
    parameters: JsonObject;
    entityRef?: string;
  }) {
    return this.#send<Preview>('POST', '/previews', { body: request });
  }

  startRun(request: {
    previewId: string;
    previewHash: string;
    idempotencyKey: string;
  }) {
    return this.#send<Run>('POST', '/runs', { body: request });
  }

  getRuns(filter: RunFilter = {}) {
    return this.#send<RunPage>('GET', '/runs', { query: filter });
  }

  getRun(id: string) {
    return this.#send<Run>('GET', `/runs/${encodeURIComponent(id)}`);
  }

  getRunEvents(
    id: string,
    options: { after: number; waitSeconds?: number; signal?: AbortSignal },
  ) {
    const { signal, ...query } = options;
    return this.#send<{ items: RunEvent[]; run: Run }>(
      'GET',
      `/runs/${encodeURIComponent(id)}/events`,
      { query, signal },
    );
  }

  cancelRun(id: string) {
    return this.#send<Run>('POST', `/runs/${encodeURIComponent(id)}/cancel`, {
      body: {},
    });
  }

  getRunAudit(id: string) {
    return this.#send<{ items: AuditEntry[] }>(
      'GET',
      `/runs/${encodeURIComponent(id)}/audit`,
    );
  }

  getRunbook(id: string) {
    return this.#send<RunbookDetail>(
      'GET',
      `/runbooks/${encodeURIComponent(id)}`,
    );
  }

  getRunbookProblems() {
    return this.#send<{ items: RunbookProblem[] }>('GET', '/runbook-problems');
  }

  getSuggestions({ slo, condition, ...rest }: SuggestionContext) {
    return this.#send<{ items: RunbookSuggestion[] }>('GET', '/suggestions', {
      query: {
        ...rest,
        slo: slo?.name,
        indicator: slo?.indicator,
        conditionSystem: condition?.system,
        condition: condition?.name,
      },
    });
  }

  getWaitingApprovals() {
    return this.#send<{ items: WaitingApproval[] }>('GET', '/approvals');
  }

  decideApproval(
    id: string,
    request: {
      decision: RunApproval['decision'];
      previewHash: string;
      comment?: string;
    },
  ) {
    return this.#change(id, 'approvals', request);
  }

  answerStep(id: string, request: { stepId: string; answer: JsonObject }) {
    return this.#change(id, 'answers', request);
  }

  decideOutcome(
    id: string,
    request: {
      stepId: string;
      outcome: 'done' | 'not-done' | 'stop';
      comment: string;
    },
  ) {
    return this.#change(id, 'decisions', request);
  }

  continueRun(id: string) {
    return this.#change(id, 'continue', {});
  }

  getPauses() {
    return this.#send<{ items: RunbookPause[]; mayPause?: Allowance }>(
      'GET',
      '/pauses',
    );
  }

  pause(request: { scope: RunbookPause['scope']; reason: string }) {
    return this.#send<RunbookPause>('POST', '/pauses', { body: request });
  }

  async endPause(request: { scope: RunbookPause['scope'] }) {
    await this.#send<{ ended: boolean }>('POST', '/pauses/end', {
      body: request,
    });
  }

  #change(id: string, what: string, body: object) {
    return this.#send<Run>('POST', `/runs/${encodeURIComponent(id)}/${what}`, {
      body,
    });
  }

  async #send<T>(
    method: 'GET' | 'POST',
    path: string,
    options: { query?: object; body?: object; signal?: AbortSignal } = {},
  ): Promise<T> {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(options.query ?? {})) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined && one !== '') params.append(name, String(one));
      }
    }
    const base = await this.#discoveryApi.getBaseUrl('runbooks');
    const search = params.toString() && `?${params}`;
    const response = await this.#fetchApi.fetch(`${base}${path}${search}`, {
      method,
      signal: options.signal,
      ...(options.body
        ? {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(options.body),
          }
        : {}),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}
