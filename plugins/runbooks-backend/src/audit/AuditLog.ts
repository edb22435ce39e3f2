import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import type {
  AuditCheckpoint,
  AuditRecord,
} from '@lakehouse-ops/plugin-runbooks-node';

/** The audit chain and the signatures over it. */
export interface AuditLog {
  append(record: AuditRecord): Promise<void>;
  /** Oldest first. */
  read(options: { after: number; limit: number }): Promise<AuditEntry[]>;
  newestCheckpoint(): Promise<AuditCheckpoint | undefined>;
  /** Oldest first, both ends included. */
  checkpoints(options: {
    from: number;
    to: number;
    limit: number;
  }): Promise<AuditCheckpoint[]>;
  /** Keeps the one that is there when there is one. */
  addCheckpoint(checkpoint: AuditCheckpoint): Promise<void>;
}
