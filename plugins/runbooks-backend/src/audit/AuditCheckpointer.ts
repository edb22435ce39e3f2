import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  AUDIT_GENESIS_HASH,
  type AuditCheckpoint,
  type AuditHead,
  signAuditCheckpoint,
  verifyAuditChain,
} from '@lakehouse-ops/plugin-runbooks-node';
import type { AuditLog } from './AuditLog';
import type { AuditSigner } from './readAuditConfig';

const PAGE = 1000;
/** What one round reads at most; the next one goes on. */
const MAX_PAGES = 1000;

/**
 * Signs the end of the audit chain from time to time. What was not signed yet
 * is checked first: a signature must never cover up a change.
 */
export class AuditCheckpointer {
  readonly #log: AuditLog;
  readonly #signer: AuditSigner;
  readonly #logger: LoggerService;

  static create(options: {
    log: AuditLog;
    signer: AuditSigner;
    logger: LoggerService;
  }): AuditCheckpointer {
    return new AuditCheckpointer(options);
  }

  private constructor(options: {
    log: AuditLog;
    signer: AuditSigner;
    logger: LoggerService;
  }) {
    this.#log = options.log;
    this.#signer = options.signer;
    this.#logger = options.logger;
  }

  async schedule(scheduler: SchedulerService, everyMs: number): Promise<void> {
    await scheduler.scheduleTask({
      id: 'runbooks-audit-checkpoint',
      scope: 'global',
      frequency: { milliseconds: everyMs },
      timeout: { minutes: 10 },
      fn: async () => {
        await this.checkpoint();
      },
    });
  }

  /** @returns the new checkpoint; undefined when there is nothing new, or the chain is broken */
  async checkpoint(): Promise<AuditCheckpoint | undefined> {
    const newest = await this.#log.newestCheckpoint();
    if (newest && !(await this.#stillThere(newest))) return undefined;
    let head: AuditHead = newest ?? { sequence: 0, hash: AUDIT_GENESIS_HASH };
    for (let page = 0; page < MAX_PAGES; page++) {
      const entries = await this.#log.read({
        after: head.sequence,
        limit: PAGE,
      });
      const verdict = verifyAuditChain(entries, head);
      if (!verdict.intact) {
        this.#tellBroken(verdict.sequence, verdict.reason);
        return undefined;
      }
      head = entries.at(-1) ?? head;
      if (entries.length < PAGE) break;
    }
    if (head.sequence === (newest?.sequence ?? 0)) return undefined;
    const checkpoint = signAuditCheckpoint({
      head,
      at: new Date().toISOString(),
      ...this.#signer,
    });
    await this.#log.addCheckpoint(checkpoint);
    return checkpoint;
  }

  async #stillThere(newest: AuditCheckpoint): Promise<boolean> {
    const [entry] = await this.#log.read({
      after: newest.sequence - 1,
      limit: 1,
    });
    if (entry?.sequence !== newest.sequence) {
      this.#tellBroken(
        newest.sequence,
        'it was signed, and is no longer there',
      );
      return false;
    }
    if (entry.hash !== newest.hash) {
      this.#tellBroken(newest.sequence, 'it is not what was signed');
      return false;
    }
    return true;
  }

  #tellBroken(sequence: number, reason: string): void {
    this.#logger.error(
      `The audit chain of the runbooks is broken at entry ${sequence}: ${reason}. No checkpoint is signed until somebody has looked: take the log away with GET /audit/export and check it with 'runbooks verify-audit'.`,
    );
  }
}
