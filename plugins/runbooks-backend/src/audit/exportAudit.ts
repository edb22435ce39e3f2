import type {
  AuditCheckpoint,
  AuditExportLine,
} from '@lakehouse-ops/plugin-runbooks-node';
import type { AuditLog } from './AuditLog';

const PAGE = 1000;
/** Checkpoints beyond the end of the chain are proof that it was cut: a few tell it. */
const MAX_DANGLING = 10;

/**
 * The audit log line by line, read page by page: entries, and right behind
 * them the checkpoints over them.
 */
export async function* exportAudit(options: {
  log: AuditLog;
  after: number;
  limit: number;
  note?: string;
}): AsyncGenerator<AuditExportLine> {
  const { log, after, limit, note } = options;
  yield {
    type: 'export',
    version: 1,
    exportedAt: new Date().toISOString(),
    after,
    ...(note === undefined ? {} : { note }),
  };
  // Before any entry is read: what is signed later may be of later entries.
  const newest = await log.newestCheckpoint();
  for (const checkpoint of await log.checkpoints({
    from: after,
    to: after,
    limit: 1,
  })) {
    yield { type: 'checkpoint', ...checkpoint };
  }
  let last = after;
  let left = limit;
  let complete = false;
  while (left > 0 && !complete) {
    const asked = Math.min(PAGE, left);
    const entries = await log.read({ after: last, limit: asked });
    const checkpoints = await log.checkpoints({
      from: last + 1,
      to: entries.at(-1)?.sequence ?? last,
      limit: PAGE,
    });
    for (const entry of entries) {
      // One whose entry is gone stands where the entry would have.
      while (checkpoints[0] && checkpoints[0].sequence < entry.sequence) {
        yield* next(checkpoints);
      }
      yield { type: 'entry', ...entry };
      if (checkpoints[0]?.sequence === entry.sequence) yield* next(checkpoints);
    }
    last = entries.at(-1)?.sequence ?? last;
    left -= entries.length;
    complete = entries.length < asked;
  }
  if (complete && newest && newest.sequence > last) {
    const dangling = await log.checkpoints({
      from: last + 1,
      to: newest.sequence,
      limit: MAX_DANGLING,
    });
    for (const checkpoint of dangling) {
      yield { type: 'checkpoint', ...checkpoint };
    }
  }
  yield { type: 'end', last, complete };
}

function* next(checkpoints: AuditCheckpoint[]): Generator<AuditExportLine> {
  const checkpoint = checkpoints.shift();
  if (checkpoint) yield { type: 'checkpoint', ...checkpoint };
}
