import { randomUUID } from 'node:crypto';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  type Allowance,
  type Preview,
  runbookRunExecutePermission,
  runbookRunPreviewPermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { jsonObjectSchema } from '../json/jsonSchemas';
import type { RunResource } from '../permissions/runResource';
import type {
  RunPermissions,
  UserCredentials,
} from '../permissions/RunPermissions';
import type { RunStore } from '../store/RunStore';
import { type ActionRegistry, parametersSchema } from './ActionRegistry';
import { boundPreviewContent } from './boundPreviewContent';
import { MAX_NOTE_LENGTH } from './limits';
import { parseParameters } from './parseParameters';
import type { PreflightCache } from './PreflightCache';
import { previewHash } from './previewHash';
import type { SecretVault } from './SecretVault';
import { withDeadline } from './withDeadline';

const PREVIEW_TIMEOUT_MS = 60_000;

/** Shows what a run would do, and keeps it for the run to be held to. */
export class PreviewMaker {
  readonly #registry: ActionRegistry;
  readonly #permissions: RunPermissions;
  readonly #preflights: PreflightCache;
  readonly #vault: SecretVault;
  readonly #store: RunStore;
  readonly #previewTtlMs: number;

  constructor(options: {
    registry: ActionRegistry;
    permissions: RunPermissions;
    preflights: PreflightCache;
    vault: SecretVault;
    store: RunStore;
    previewTtlMs: number;
  }) {
    this.#registry = options.registry;
    this.#permissions = options.permissions;
    this.#preflights = options.preflights;
    this.#vault = options.vault;
    this.#store = options.store;
    this.#previewTtlMs = options.previewTtlMs;
  }

  /**
   * @throws NotFoundError, InputError that names the field, NotAllowedError,
   * and what the action throws when the target can't be looked at
   */
  async make(options: {
    runbookId: string;
    parameters: JsonObject;
    entityRef?: string;
    credentials: UserCredentials;
  }): Promise<Preview> {
    const { credentials, entityRef } = options;
    const owner = credentials.principal.userEntityRef;
    const action = this.#registry.get(options.runbookId);
    const input = parseParameters(action.schema.input, options.parameters);
    const target = action.target(input);
    const resource = { runbookId: action.id, risk: action.risk, target };
    await this.#permissions.assert(
      runbookRunPreviewPermission,
      resource,
      credentials,
    );
    const execute = await this.#mayExecute(action, resource, credentials);
    const looked = await withDeadline(
      { what: 'Looking at the target', timeoutMs: PREVIEW_TIMEOUT_MS },
      signal => action.preview({ input, signal, credentials }),
    );
    assertSmall(looked.fingerprint);
    const id = randomUUID();
    const parameters = this.#vault.redact({
      schema: parametersSchema(action),
      parameters: jsonObjectSchema.parse(input),
      previewId: id,
      keepMs: this.#previewTtlMs * 2,
    });
    const now = Date.now();
    const preview: Preview = {
      id,
      runbookId: action.id,
      target,
      parameters,
      risk: action.risk,
      content: boundPreviewContent(looked.content),
      hash: previewHash({
        runbookId: action.id,
        parameters,
        fingerprint: looked.fingerprint,
      }),
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + this.#previewTtlMs).toISOString(),
      execute,
    };
    await this.#store.savePreview(
      { preview, owner, entityRef, fingerprint: looked.fingerprint },
      {
        actor: owner,
        event: 'preview-made',
        detail: {
          previewId: id,
          previewHash: preview.hash,
          runbookId: action.id,
          target: { ...target },
          parameters,
          fingerprint: looked.fingerprint,
        },
      },
    );
    return preview;
  }

  async #mayExecute(
    action: RunbookAction,
    resource: RunResource,
    credentials: UserCredentials,
  ): Promise<Allowance> {
    const [permitted] = await this.#permissions.ask(
      runbookRunExecutePermission,
      [resource],
      credentials,
    );
    if (!permitted.allowed) return permitted;
    return this.#preflights.ask(action, resource.target);
  }
}

function assertSmall(fingerprint: JsonObject): void {
  if (JSON.stringify(fingerprint).length > MAX_NOTE_LENGTH) {
    throw new InputError(
      `The target can't be previewed: what identifies its state is over ${MAX_NOTE_LENGTH} characters.`,
    );
  }
}
