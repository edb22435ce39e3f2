import { NotFoundError } from '@backstage/errors';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { askEndpoint, httpAnswerSchema } from './askEndpoint';
import type { HttpEndpoint } from './readHttpCheckConfig';

/** The system in the target of `http:check`. */
const HTTP_SYSTEM = 'http';

const WHERE = 'runbooks.lakehouse.httpCheck.allowed';

/** All actions on what answers HTTP. */
export function createHttpActions(options: {
  endpoints: ReadonlyMap<string, HttpEndpoint>;
}): RunbookAction[] {
  const { endpoints } = options;
  return [
    createCheckAction({
      id: 'http:check',
      title: 'Check address',
      description:
        'Asks an address of the config by its name, and tells status, time and the beginning of the answer.',
      schema: {
        input: z.object({
          endpoint: z
            .string()
            .min(1)
            .max(63)
            .meta({
              title: 'Name',
              description: `Name of an address under ${WHERE}`,
            }),
        }),
        output: httpAnswerSchema,
      },
      timeout: { minutes: 5 },
      target: ({ endpoint }) => ({
        system: HTTP_SYSTEM,
        connection: endpoint,
        kind: 'endpoint',
        name: endpoint,
      }),
      preflight: async ({ target }) =>
        endpoints.has(target.name)
          ? { allowed: true }
          : {
              allowed: false,
              reason: unknownEndpoint(target.name),
              remedy: `Add it under ${WHERE}.`,
            },

      async look({ input, signal }) {
        const endpoint = endpoints.get(input.endpoint);
        if (!endpoint) {
          throw new NotFoundError(
            `endpoint: ${unknownEndpoint(
              input.endpoint,
            )} Add it under ${WHERE}.`,
          );
        }
        return askEndpoint(endpoint, signal);
      },

      report: ({ endpoint }, answer) => ({
        summary:
          answer.status === undefined
            ? `${endpoint} does not answer: ${
                answer.error ?? 'no reason told'
              }.`
            : `${endpoint} answers ${answer.status} in ${answer.latencyMs} ms.`,
        metrics: [
          { label: 'Status', unit: 'text', after: answer.status ?? 'none' },
          {
            label: 'Time',
            unit: 'ms',
            after: answer.latencyMs,
            better: 'lower',
          },
        ],
        warnings: answer.truncated
          ? ['Its answer is longer than is read here.']
          : [],
      }),
    }),
  ];

  function unknownEndpoint(name: string): string {
    const known = [...endpoints.keys()].join(', ') || 'none';
    return `No address is called '${name}'. There are: ${known}.`;
  }
}
