import { createHash } from 'node:crypto';
import type {
  AuditorService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError, toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Preview,
  Run,
  RunOrigin,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { PreviewMaker } from '../engine/PreviewMaker';
import type { RunbookVersion } from '../engine/ports';
import type { RunStarter } from '../engine/RunStarter';
import type { RunStore } from '../store/RunStore';
import type { TriggersConfig } from './readTriggersConfig';
import { triggerRefusal } from './triggerPolicy';

/** Something that is to start by itself. */
export interface TriggeredStart {
  readonly version: RunbookVersion;
  readonly parameters: JsonObject;
  readonly entityRef?: string;
  readonly origin: RunOrigin & { readonly kind: 'schedule' | 'alert' };
  /** The same for what is to start only once. */
  readonly cause: string;
}

interface Options {
  readonly previews: Pick<PreviewMaker, 'make'>;
  readonly starter: Pick<RunStarter, 'start'>;
  readonly store: Pick<
    RunStore,
    'findByIdempotencyKey' | 'listRuns' | 'appendAudit'
  >;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly auditor: AuditorService;
  readonly logger: LoggerService;
  readonly config: TriggersConfig;
  readonly ownCredentials: () => Promise<BackstageCredentials>;
}

/**
 * Starts runs that no person starts, by the same preview and start as all
 * others. Backstage hands out no token of a person who is not there: they run
 * with this plugin's own rights, and so only what the config allows, and as
 * {@link triggerRefusal} has it.
 */
export class TriggeredStarter {
  readonly #options: Options;

  static create(options: Options): TriggeredStarter {
    return new TriggeredStarter(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Starts it, unless its cause did before.
   *
   * @returns undefined when it was started lately, so that it is left alone
   * @throws NotAllowedError when it may not start by itself; ConflictError and
   * others as the start of any run
   */
  async start(start: TriggeredStart): Promise<Run | undefined> {
    const { auditor, store } = this.#options;
    const { version, origin, cause } = start;
    const { name, runAs } = version.definition;
    const idempotencyKey = keyOf(start);
    const earlier =
      runAs === undefined
        ? undefined
        : await store.findByIdempotencyKey(runAs, idempotencyKey);
    if (earlier) return earlier.run;
    const meta = { runbookId: name, trigger: origin.kind, cause };
    const event = await auditor.createEvent({
      eventId: 'run-trigger',
      severityLevel: 'medium',
      meta,
    });
    try {
      const run = await this.#start(start, idempotencyKey);
      await event.success({
        meta: run ? { runId: run.id } : { skipped: 'cooldown' },
      });
      return run;
    } catch (error) {
      const told = toError(error);
      await event.fail({ error: told });
      await this.#note(start, told.message);
      throw error;
    }
  }

  async #start(
    { version, parameters, entityRef, origin }: TriggeredStart,
    idempotencyKey: string,
  ): Promise<Run | undefined> {
    const { previews, starter, store, config, ownCredentials } = this.#options;
    const { definition } = version;
    const refusal = triggerRefusal(definition, config.allowed);
    if (refusal !== undefined || definition.runAs === undefined) {
      throw new NotAllowedError(`Nothing was started: ${refusal}.`);
    }
    const startedBy = definition.runAs;
    const credentials = await ownCredentials();
    await this.#assertPerson(startedBy, credentials);
    const preview = await previews.make({
      runbookId: definition.name,
      parameters,
      entityRef,
      origin,
      credentials,
      startedBy,
    });
    if (!preview.execute.allowed) {
      const { reason, remedy } = preview.execute;
      throw new ConflictError(
        ['Nothing was started.', reason, remedy].filter(Boolean).join(' '),
      );
    }
    if (origin.kind === 'alert' && (await this.#ranLately(preview))) {
      return undefined;
    }
    try {
      return await starter.start({
        previewId: preview.id,
        previewHash: preview.hash,
        idempotencyKey,
        origin,
        credentials,
        startedBy,
      });
    } catch (error) {
      // Another replica heard of it at the same time and was quicker.
      const other = await store.findByIdempotencyKey(startedBy, idempotencyKey);
      if (other) return other.run;
      throw error;
    }
  }

  async #assertPerson(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const person = await this.#options.catalog.getEntityByRef(ref, {
      credentials,
    });
    if (person?.kind === 'User') return;
    throw new NotAllowedError(
      `Nothing was started: spec.runAs is ${ref}, and the catalog has no such user. Name somebody who can answer for it.`,
    );
  }

  async #ranLately({ runbookId, target }: Preview): Promise<boolean> {
    const { store, config, logger } = this.#options;
    const { items } = await store.listRuns({
      runbookId,
      system: target.system,
      connection: target.connection,
      target: target.name,
      limit: 1,
    });
    const [newest] = items;
    if (!newest) return false;
    const agoMs = Date.now() - Date.parse(newest.createdAt);
    if (agoMs >= config.cooldownMs) return false;
    logger.info(
      `An alert did not start ${runbookId}: it was run on ${target.name} at ${newest.createdAt} (run ${newest.id}), and runbooks.triggers.cooldown is not over`,
    );
    return true;
  }

  async #note(
    { version, origin, cause }: TriggeredStart,
    message: string,
  ): Promise<void> {
    try {
      await this.#options.store.appendAudit({
        actor: version.definition.runAs ?? 'plugin:runbooks',
        event: 'trigger-refused',
        detail: {
          runbookId: version.definition.name,
          definitionHash: version.hash,
          origin: { ...origin },
          cause,
          message,
        },
      });
    } catch (error) {
      this.#options.logger.error(
        `That a trigger was refused could not be put on the audit chain: ${
          toError(error).message
        }`,
      );
    }
  }
}

/** Causes may be long; the key is not. */
function keyOf({ version, origin, cause }: TriggeredStart): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([version.definition.name, cause]))
    .digest('hex');
  return `${origin.kind}:${digest}`;
}
