import {
  describeTrinoError,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type {
  Allowance,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { createCheckAction } from '../shared/createCheckAction';
import { formatBytes } from '../shared/formatBytes';
import { sentence } from '../shared/sentence';
import type { TrinoActionOptions } from './actionContext';
import { clusterShape, clusterTarget } from './connectionInput';
import { readClusterFigures } from './readClusterFigures';

const outputSchema = z.object({
  /** `down`: it does not answer. `refused`: it answers, and lets us not in. */
  state: z.enum(['ready', 'starting', 'down', 'refused']),
  reason: z.string().optional(),
  version: z.string().optional(),
  workers: z.number().optional(),
  nodes: z.number().optional(),
  running: z.number().optional(),
  queued: z.number().optional(),
  memoryTotalBytes: z.number().optional(),
  memoryFreePercent: z.number().optional(),
  memoryBlockedNodes: z.number().optional(),
  gaps: z.array(z.string()),
});

type Output = z.output<typeof outputSchema>;

/** Looks whether a cluster works. That it does not is an answer too, not an error. */
export function createCheckClusterAction({ connections }: TrinoActionOptions) {
  return createCheckAction({
    id: 'trino:check-cluster',
    title: 'Check cluster',
    description:
      'Tells whether a cluster answers, its workers, its queries and its memory.',
    schema: { input: z.object(clusterShape), output: outputSchema },
    timeout: { minutes: 1 },
    target: clusterTarget,
    preflight: async ({ target }) => isConfigured(connections, target),

    async look({ input, signal }) {
      const connection = connections.get(input.connection);
      const seen = await probe(connection, signal);
      if (seen.state !== 'ready') return { ...seen, gaps: [] };
      const { gaps, ...figures } = await readClusterFigures(connection, signal);
      return { ...seen, ...figures, gaps: [...gaps] };
    },

    report(input, output) {
      return {
        summary: `Trino ${input.connection} ${inWords(output)}`,
        metrics: [
          { label: 'State', unit: 'text', after: output.state },
          { label: 'Workers', unit: 'count', after: output.workers },
          { label: 'Running queries', unit: 'count', after: output.running },
          {
            label: 'Queued queries',
            unit: 'count',
            after: output.queued,
            better: 'lower',
          },
          {
            label: 'Free memory',
            unit: 'percent',
            after: output.memoryFreePercent,
            better: 'higher',
          },
        ],
        warnings: output.gaps.map(gap => sentence(`not known: ${gap}`)),
      };
    },
  });
}

async function probe(connection: TrinoConnection, signal: AbortSignal) {
  try {
    const { starting, version } = await connection.capabilities({
      refresh: true,
    });
    return {
      state: starting ? ('starting' as const) : ('ready' as const),
      version,
    };
  } catch (error) {
    signal.throwIfAborted();
    const { code, reason } = describeTrinoError(error);
    return {
      state:
        code === 'forbidden' || code === 'unauthorized'
          ? ('refused' as const)
          : ('down' as const),
      reason,
    };
  }
}

/** A cluster that is down can be looked at as well; only one that is not in the config can't. */
function isConfigured(
  connections: TrinoActionOptions['connections'],
  target: RunTarget,
): Allowance {
  try {
    connections.get(target.connection);
    return { allowed: true };
  } catch (error) {
    const { reason, remedy } = describeTrinoError(error);
    return {
      allowed: false,
      reason: `Trino ${target.connection} can't be asked: ${sentence(reason)}`,
      remedy: sentence(remedy),
    };
  }
}

function inWords(output: Output): string {
  if (output.state === 'down') {
    return `does not answer: ${sentence(output.reason ?? 'it gave no reason')}`;
  }
  if (output.state === 'refused') {
    return `answers, and refuses Lakehouse Ops: ${sentence(
      output.reason ?? 'it gave no reason',
    )}`;
  }
  if (output.state === 'starting') return 'is starting.';
  const memory =
    output.memoryFreePercent === undefined
      ? ''
      : `, ${output.memoryFreePercent} %${
          output.memoryTotalBytes === undefined
            ? ''
            : ` of ${formatBytes(output.memoryTotalBytes)}`
        } memory free`;
  return `is ready: ${output.workers ?? 'unknown'} workers, ${
    output.running ?? 'unknown'
  } queries run and ${output.queued ?? 'unknown'} wait${memory}.`;
}
