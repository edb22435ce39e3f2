import { randomUUID } from 'node:crypto';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Preview, RunOrigin } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunStore } from '../store/RunStore';
import type { RunPlanner } from './planning/RunPlanner';
import { previewHash } from './previewHash';
import type { SecretVault } from './SecretVault';
import { type Starter, starterOf } from './Starter';
import type { StartGate } from './StartGate';
import { withDeadline } from './withDeadline';

const PREVIEW_TIMEOUT_MS = 60_000;
/** Of all steps together, in characters of JSON. */
const MAX_FINGERPRINT_LENGTH = 1_000_000;

/** Shows what a run would do, and keeps it for the run to be held to. */
export class PreviewMaker {
  readonly #planner: RunPlanner;
  readonly #gate: StartGate;
  readonly #vault: SecretVault;
  readonly #store: RunStore;
  readonly #previewTtlMs: number;

  constructor(options: {
    planner: RunPlanner;
    gate: StartGate;
    vault: SecretVault;
    store: RunStore;
    previewTtlMs: number;
  }) {
    this.#planner = options.planner;
    this.#gate = options.gate;
    this.#vault = options.vault;
    this.#store = options.store;
    this.#previewTtlMs = options.previewTtlMs;
  }

  /**
   * @throws NotFoundError, InputError that names the field or the step,
   * NotAllowedError, and what an action throws when a target can't be looked at
   */
  async make(
    options: Starter & {
      runbookId: string;
      parameters: JsonObject;
      entityRef?: string;
      origin?: RunOrigin;
    },
  ): Promise<Preview> {
    const { credentials, entityRef } = options;
    const owner = starterOf(options);
    const layout = this.#planner.layOut({ ...options, startedBy: owner });
    await this.#gate.assertMayPreview(layout, credentials);
    const execute = await this.#gate.ask(layout, {
      credentials,
      startedBy: owner,
    });
    const looked = await withDeadline(
      { what: 'Looking at the target', timeoutMs: PREVIEW_TIMEOUT_MS },
      signal => layout.look({ signal, credentials }),
    );
    const { fingerprint } = looked;
    assertSmall(fingerprint);
    const id = randomUUID();
    const parameters = this.#vault.redact({
      schema: layout.schema,
      parameters: layout.parameters,
      previewId: id,
      keepMs: this.#previewTtlMs * 2,
    });
    const { runbookId, risk, target } = layout.resource;
    const { definitionHash } = layout;
    const now = Date.now();
    const preview: Preview = {
      id,
      runbookId,
      target,
      parameters,
      risk,
      content: looked.content,
      hash: previewHash({ runbookId, definitionHash, parameters, fingerprint }),
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + this.#previewTtlMs).toISOString(),
      execute,
      steps: looked.steps,
      definitionHash,
      approval: layout.approval,
    };
    await this.#store.savePreview(
      { preview, owner, entityRef, fingerprint },
      {
        actor: owner,
        event: 'preview-made',
        detail: {
          previewId: id,
          previewHash: preview.hash,
          runbookId,
          ...(definitionHash === undefined ? {} : { definitionHash }),
          target: { ...target },
          parameters,
          fingerprint,
        },
      },
    );
    return preview;
  }
}

function assertSmall(fingerprint: JsonObject): void {
  if (JSON.stringify(fingerprint).length > MAX_FINGERPRINT_LENGTH) {
    throw new InputError(
      'This can not be previewed: what identifies the state of all its targets is too long. Choose fewer entries.',
    );
  }
}
