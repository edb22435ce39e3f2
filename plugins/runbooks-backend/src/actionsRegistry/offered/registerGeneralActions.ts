import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { NotFoundError } from '@backstage/errors';
import {
  isFinalRunState,
  runbookRunReadPermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import { jsonObjectSchema } from '../../json/jsonSchemas';
import {
  previewShape,
  runShape,
  tellEvent,
  tellPreview,
  tellRun,
} from './answers';
import type { OfferContext } from './OfferContext';
import { makePreview, startRun } from './previewAndStart';
import { START_FIELDS } from './startFields';

const LIST_MAX = 100;
const EVENTS_MAX = 50;

/** `list-runbooks`, `preview-runbook`, `start-run` and `get-run`. */
export function registerGeneralActions(
  registry: Pick<ActionsRegistryService, 'register'>,
  offer: OfferContext,
): void {
  const { list, store, permissions } = offer;

  registry.register({
    name: 'list-runbooks',
    title: 'List runbooks',
    description:
      'Lists the runbooks and single actions that can be run on the lakehouse, with the JSON Schema of their parameters. Nothing is changed.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            search: z
              .string()
              .max(255)
              .optional()
              .describe('Part of the id, title, description or a tag'),
            limit: z.number().int().min(1).max(LIST_MAX).optional(),
          })
          .strict(),
      output: z =>
        z.object({
          runbooks: z.array(
            z.object({
              id: z.string().describe('For preview-runbook'),
              title: z.string(),
              description: z.string(),
              risk: z.string(),
              kind: z.string(),
              readOnly: z.boolean(),
              parametersSchema: z.record(z.unknown()),
            }),
          ),
          total: z.number(),
        }),
    },
    action: async ({ input }) => {
      const wanted = input.search?.toLowerCase() ?? '';
      const found = list().filter(({ id, title, description, tags = [] }) =>
        [id, title, description, ...tags].some(text =>
          text.toLowerCase().includes(wanted),
        ),
      );
      return {
        output: {
          total: found.length,
          runbooks: found.slice(0, input.limit ?? LIST_MAX).map(runbook => ({
            id: runbook.id,
            title: runbook.title,
            description: runbook.description,
            risk: runbook.risk,
            kind: runbook.kind ?? 'action',
            readOnly: runbook.attributes.readOnly,
            parametersSchema: runbook.parametersSchema,
          })),
        },
      };
    },
  });

  registry.register({
    name: 'preview-runbook',
    title: 'Preview runbook',
    description:
      'Shows what a runbook would do with the given parameters, as the person who calls: what changes, what is not touched, and who has to agree. Nothing is changed. A run can be started from the preview with start-run.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            runbookId: z
              .string()
              .min(1)
              .max(255)
              .describe('Id of the runbook, as list-runbooks tells it'),
            parameters: z
              .record(z.unknown())
              .describe("As the runbook's parametersSchema tells"),
            entityRef: z
              .string()
              .max(255)
              .optional()
              .describe('Catalog entity that it is about'),
          })
          .strict(),
      output: previewShape,
    },
    action: async ({ input, credentials }) => ({
      output: tellPreview(
        await makePreview(
          offer,
          { ...input, parameters: jsonObjectSchema.parse(input.parameters) },
          credentials,
        ),
      ),
    }),
  });

  registry.register({
    name: 'start-run',
    title: 'Start run',
    description:
      'Starts a run from a preview that the same person made, and that was shown to them. It does what the preview said or stops. A run of high risk waits until other people approve it in Backstage; nothing that is sent here can stand for their approval.',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            previewId: z.string().min(1).max(36).describe(START_FIELDS.id),
            previewHash: z.string().min(1).max(128).describe(START_FIELDS.hash),
            idempotencyKey: z
              .string()
              .min(8)
              .max(255)
              .describe(START_FIELDS.key),
          })
          .strict(),
      output: runShape,
    },
    action: async ({ input, credentials }) => ({
      output: tellRun(await startRun(offer, input, credentials)),
    }),
  });

  registry.register({
    name: 'get-run',
    title: 'Get run',
    description:
      'Tells how a run goes or went: its state, its steps, what it waits for, whether its effect was verified, and the lines of its log from a place on.',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z
          .object({
            runId: z.string().min(1).max(36),
            afterEvent: z
              .number()
              .int()
              .min(0)
              .optional()
              .describe('lastEvent of the answer before; 0 for all'),
          })
          .strict(),
      output: z =>
        runShape(z).extend({
          over: z.boolean(),
          log: z.array(z.string()),
          lastEvent: z.number(),
        }),
    },
    action: async ({ input, credentials }) => {
      const record = await store.getRun(input.runId);
      if (!record) throw new NotFoundError(`There is no run ${input.runId}.`);
      const { run } = record;
      await permissions.assert(runbookRunReadPermission, run, credentials);
      const after = input.afterEvent ?? 0;
      const events = await store.getEvents({
        runId: run.id,
        after,
        limit: EVENTS_MAX,
      });
      return {
        output: {
          ...tellRun(run),
          over: isFinalRunState(run.state),
          log: events.map(tellEvent),
          lastEvent: events.at(-1)?.sequence ?? after,
        },
      };
    },
  });
}
