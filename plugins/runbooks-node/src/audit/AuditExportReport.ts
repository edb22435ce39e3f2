import type { AuditFault } from './AuditFault';

/**
 * What an export was found to be.
 *
 * @public
 */
export interface AuditExportReport {
  /** Entries that hold. */
  readonly entries: number;
  /** Checkpoints that hold. */
  readonly checkpoints: number;
  /** Whether the signatures of the checkpoints were looked at. */
  readonly signaturesChecked: boolean;
  /** The first entry that was checked, and the last that holds. */
  readonly first?: { readonly sequence: number; readonly at: string };
  readonly last?: { readonly sequence: number; readonly at: string };
  /** How far a signature that was checked reaches. */
  readonly signedUpTo?: number;
  /** The log went on after this export. */
  readonly more: boolean;
  /** What the export says of itself. */
  readonly notes: readonly string[];
  /** Absent when the chain is whole. */
  readonly fault?: AuditFault;
}
