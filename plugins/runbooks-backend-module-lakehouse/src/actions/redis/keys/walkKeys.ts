import { setTimeout as sleep } from 'node:timers/promises';
import {
  type KeyNode,
  type RedisKey,
  type ScanStep,
  scanStep,
} from './KeyNode';
import { ScanPacer } from './ScanPacer';

/** Every so many steps the server is measured while nothing else of ours is under way. */
const MEASURE_EVERY = 16;

/** How a walk ended. */
export type WalkEnd = 'all-seen' | 'stopped' | 'aborted';

/**
 * Goes through all keys of a primary that match, and works on them in batches.
 * The next step is scanned for while the work on the last is under way, so that
 * the server is never asked to do both in one go.
 *
 * A key that exists all the time is seen at least once; SCAN may show it again.
 *
 * @param options - `work`: returns false to stop; `onScanned`: how many keys the server looked at since the last call
 */
export async function walkKeys(options: {
  node: KeyNode;
  match: string;
  signal: AbortSignal;
  work: (keys: readonly RedisKey[]) => Promise<boolean>;
  onScanned?: (keys: number) => void;
}): Promise<WalkEnd> {
  const { node, match, signal, work, onScanned } = options;
  const pacer = ScanPacer.create();
  const scan = async (cursor: string): Promise<ScanStep> => {
    const { count } = pacer;
    const step = await scanStep(node, cursor, { match, count });
    onScanned?.(count);
    return step;
  };
  const measured = async (cursor: string): Promise<ScanStep> => {
    const from = performance.now();
    await node.binaryCommand('PING', []);
    const idle = performance.now();
    const step = await scan(cursor);
    pacer.observe(performance.now() - idle, idle - from);
    return step;
  };
  let step = await measured('0');
  for (let steps = 1; ; steps += 1) {
    if (signal.aborted) return 'aborted';
    const isLast = step.cursor === '0';
    const measure = steps % MEASURE_EVERY === 0 || pacer.pauseMs > 0;
    const ahead = isLast || measure ? undefined : scan(step.cursor);
    // Its failure is met where it is waited for.
    ahead?.catch(() => undefined);
    if (step.keys.length && !(await work(step.keys))) {
      await ahead;
      return 'stopped';
    }
    if (isLast) return 'all-seen';
    if (pacer.pauseMs > 0) await pause(pacer.pauseMs, signal);
    if (signal.aborted) return 'aborted';
    step = await (ahead ?? measured(step.cursor));
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(error => {
    if (!signal.aborted) throw error;
  });
}
