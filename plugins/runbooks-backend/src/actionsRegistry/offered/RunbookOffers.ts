import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { InputError, NotFoundError, toError } from '@backstage/errors';
import type { RunbookSummary } from '@lakehouse-ops/plugin-runbooks-common';
import { jsonObjectSchema } from '../../json/jsonSchemas';
import { previewShape, runShape, tellPreview, tellRun } from './answers';
import type { OfferContext } from './OfferContext';
import { parametersShape } from './parametersShape';
import { makePreview, startRun } from './previewAndStart';
import { START_FIELDS } from './startFields';

const LOOK_EVERY = { seconds: 30 };
const MAX_OFFERED = 500;

/**
 * Offers each runbook file as an action of its own, `run-<name>`. The registry
 * takes nothing back: an action whose runbook is gone stays and refuses.
 */
export class RunbookOffers {
  readonly #registry: Pick<ActionsRegistryService, 'register'>;
  readonly #offer: OfferContext;
  readonly #logger: LoggerService;
  readonly #offered = new Set<string>();

  static create(options: {
    actionsRegistry: Pick<ActionsRegistryService, 'register'>;
    offer: OfferContext;
    logger: LoggerService;
  }): RunbookOffers {
    return new RunbookOffers(options);
  }

  private constructor(options: {
    actionsRegistry: Pick<ActionsRegistryService, 'register'>;
    offer: OfferContext;
    logger: LoggerService;
  }) {
    this.#registry = options.actionsRegistry;
    this.#offer = options.offer;
    this.#logger = options.logger;
  }

  async schedule(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'runbooks-offer-runbooks',
      scope: 'local',
      frequency: LOOK_EVERY,
      timeout: LOOK_EVERY,
      fn: async () => this.offerNew(),
    });
  }

  /** Offers what was not offered yet. */
  offerNew(): void {
    for (const runbook of this.#offer.list()) {
      const { id, kind } = runbook;
      if (kind !== 'runbook' || this.#offered.has(id)) continue;
      if (this.#offered.size >= MAX_OFFERED) return;
      this.#offered.add(id);
      try {
        this.#register(runbook);
      } catch (error) {
        this.#logger.warn(
          `The runbook ${id} is not offered as an action: ${
            toError(error).message
          }`,
        );
      }
    }
  }

  #register({ id, title, description, attributes }: RunbookSummary): void {
    const offer = this.#offer;
    const current = () => offer.list().find(runbook => runbook.id === id);
    this.#registry.register({
      name: `run-${id}`,
      title,
      description: `${description} Called with parameters it only previews and changes nothing. Called again with previewId, previewHash and a new idempotencyKey it starts what was previewed, after the person agreed to it; approvals by others are given in Backstage and can't be sent.`,
      attributes: {
        readOnly: attributes.readOnly,
        destructive: !attributes.readOnly,
        idempotent: false,
      },
      schema: {
        input: z =>
          z
            .object({
              parameters: parametersShape(z, current()?.parametersSchema)
                .optional()
                .describe('To preview it'),
              entityRef: z.string().max(255).optional(),
              previewId: z
                .string()
                .max(36)
                .optional()
                .describe(START_FIELDS.id),
              previewHash: z
                .string()
                .max(128)
                .optional()
                .describe(START_FIELDS.hash),
              idempotencyKey: z
                .string()
                .min(8)
                .max(255)
                .optional()
                .describe(START_FIELDS.key),
            })
            .strict(),
        output: z =>
          z.object({
            preview: previewShape(z).optional(),
            run: runShape(z).optional(),
          }),
      },
      action: async ({ input, credentials }) => {
        if (!current()) {
          throw new NotFoundError(
            `The runbook ${id} is not there any more. list-runbooks tells which are.`,
          );
        }
        const { previewId, previewHash, idempotencyKey } = input;
        if (previewId === undefined) {
          if (previewHash !== undefined || idempotencyKey !== undefined) {
            throw new InputError(
              'previewId is missing: send it with previewHash and idempotencyKey to start, or parameters alone to preview.',
            );
          }
          const parameters = jsonObjectSchema.parse(input.parameters ?? {});
          const { entityRef } = input;
          const preview = await makePreview(
            offer,
            { runbookId: id, parameters, entityRef },
            credentials,
          );
          return { output: { preview: tellPreview(preview) } };
        }
        if (previewHash === undefined || idempotencyKey === undefined) {
          throw new InputError(
            'To start what was previewed, previewId, previewHash and idempotencyKey are needed.',
          );
        }
        if (input.parameters !== undefined) {
          throw new InputError(
            'A start takes its parameters from the preview. Leave parameters out, or make a new preview with them.',
          );
        }
        const stored = await offer.store.getPreview(previewId);
        if (stored && stored.preview.runbookId !== id) {
          throw new InputError(
            `The preview ${previewId} is not one of ${id}. Nothing was started; make a new preview.`,
          );
        }
        const start = { previewId, previewHash, idempotencyKey };
        const run = await startRun(offer, start, credentials);
        return { output: { run: tellRun(run) } };
      },
    });
  }
}
