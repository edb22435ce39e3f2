import type { KeyObject } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { type AuditCheckpoint, verifyAuditCheckpoint } from './AuditCheckpoint';
import { type AuditExportLine, parseAuditExportLine } from './AuditExportLine';
import type { AuditExportReport } from './AuditExportReport';
import type { AuditFault } from './AuditFault';
import { AUDIT_GENESIS, checkAuditEntry } from './checkAuditEntry';

/** How far to look for an entry that is not where it should be. */
const LOOK_AHEAD_LINES = 1000;

/** An entry that should have come, and what came instead. */
interface Missing {
  readonly fault: AuditFault;
  readonly sinceLine: number;
}

/**
 * Checks an exported audit log line by line, and keeps no more than its place
 * in it, so that a log of any length can be checked. Several exports after
 * each other are taken for one when they join.
 *
 * @public
 */
export class AuditExportVerifier {
  readonly #publicKeys: readonly KeyObject[];
  #head: { sequence: number; hash?: string } | undefined;
  #skipUpTo: number | undefined;
  #first: AuditExportReport['first'];
  #last: AuditExportReport['last'];
  #entries = 0;
  #checkpoints = 0;
  #signedUpTo: number | undefined;
  #ended = true;
  #more = false;
  #notes = new Set<string>();
  #line = 0;
  #missing: Missing | undefined;
  #fault: AuditFault | undefined;

  /**
   * @param options - `publicKeys`: each signature must be good with one of
   * them; signatures are not looked at without any. `fromCheckpoint`: the
   * sequence number of a checkpoint to begin at: what stands before it is
   * taken on the word of its signature
   * @throws InputError when a checkpoint is to be trusted without a key
   */
  static create(
    options: {
      publicKeys?: readonly KeyObject[];
      fromCheckpoint?: number;
    } = {},
  ): AuditExportVerifier {
    const { publicKeys = [], fromCheckpoint } = options;
    if (fromCheckpoint !== undefined && publicKeys.length === 0) {
      throw new InputError(
        'A checkpoint is worth no more than its signature: to begin at one, give the public key as well.',
      );
    }
    return new AuditExportVerifier(publicKeys, fromCheckpoint);
  }

  private constructor(
    publicKeys: readonly KeyObject[],
    fromCheckpoint: number | undefined,
  ) {
    this.#publicKeys = publicKeys;
    this.#skipUpTo = fromCheckpoint;
  }

  /**
   * Takes the next line, without its line end.
   *
   * @returns false once something is wrong: no more lines are needed
   * @throws InputError when this is no export at all
   */
  take(text: string): boolean {
    this.#line += 1;
    const line = parseAuditExportLine(text);
    if (typeof line === 'string') {
      if (!this.#head) {
        throw new InputError(
          `This is not an exported audit log: of its first line, ${line}.`,
        );
      }
      return this.#fail({
        kind: 'malformed',
        sequence: this.#head.sequence + 1,
        reason: `line ${this.#line} of the file is not an entry: ${line}`,
      });
    }
    if (this.#missing) return this.#lookAhead(line, this.#missing);
    switch (line.type) {
      case 'export':
        return this.#begin(line);
      case 'end':
        return this.#end(line);
      case 'entry':
        return this.#entry(line);
      case 'checkpoint':
        return this.#checkpoint(line);
      default:
        return false;
    }
  }

  /**
   * Tells what was found, after the last line.
   *
   * @throws InputError when there was nothing to check
   */
  report(): AuditExportReport {
    if (!this.#head) {
      throw new InputError('This is not an exported audit log: it is empty.');
    }
    if (this.#missing) this.#fail(this.#missing.fault);
    if (!this.#fault && !this.#ended) {
      this.#fail({
        kind: 'truncated',
        sequence: this.#head.sequence + 1,
        reason: 'the file ends before the export does',
      });
    }
    if (!this.#fault && this.#skipUpTo !== undefined) {
      throw new InputError(
        `There is no checkpoint at entry ${
          this.#skipUpTo
        } in this file. Begin at another one, or without.`,
      );
    }
    return {
      entries: this.#entries,
      checkpoints: this.#checkpoints,
      signaturesChecked: this.#publicKeys.length > 0,
      first: this.#first,
      last: this.#last,
      signedUpTo: this.#signedUpTo,
      more: this.#more,
      notes: [...this.#notes],
      fault: this.#fault,
    };
  }

  #begin(line: Extract<AuditExportLine, { type: 'export' }>): boolean {
    if (line.note) this.#notes.add(line.note);
    const head = this.#head;
    this.#ended = false;
    if (!head) {
      this.#head =
        line.after === 0 ? { ...AUDIT_GENESIS } : { sequence: line.after };
      return true;
    }
    if (line.after === head.sequence) return true;
    const expected = head.sequence + 1;
    return this.#fail(
      line.after > head.sequence
        ? {
            kind: 'gap',
            sequence: expected,
            reason: `an export that ends with entry ${head.sequence} is followed by one that begins after ${line.after}`,
          }
        : {
            kind: 'reordered',
            sequence: expected,
            reason: `an export that ends with entry ${head.sequence} is followed by one that begins after ${line.after}: they overlap`,
          },
    );
  }

  #entry(line: Extract<AuditExportLine, { type: 'entry' }>): boolean {
    const { type, ...entry } = line;
    const head = this.#current();
    if (this.#skipUpTo !== undefined) {
      this.#head = { sequence: entry.sequence };
      return true;
    }
    const fault = checkAuditEntry(entry, head);
    if (fault?.kind === 'gap') {
      this.#missing = { fault, sinceLine: this.#line };
      return true;
    }
    if (fault) return this.#fail(fault);
    this.#head = { sequence: entry.sequence, hash: entry.hash };
    this.#last = { sequence: entry.sequence, at: entry.at };
    this.#first ??= this.#last;
    this.#entries += 1;
    return true;
  }

  #checkpoint(line: AuditCheckpoint): boolean {
    const { sequence, hash } = line;
    if (this.#skipUpTo !== undefined && sequence !== this.#skipUpTo)
      return true;
    if (
      this.#publicKeys.length > 0 &&
      !verifyAuditCheckpoint(line, this.#publicKeys)
    ) {
      return this.#fail({
        kind: 'signature',
        sequence,
        reason: `the checkpoint at it (key ${line.keyId}) was not signed with the key given, or was changed since`,
      });
    }
    if (this.#skipUpTo !== undefined) {
      this.#skipUpTo = undefined;
      this.#head = { sequence, hash };
    }
    const head = this.#current();
    if (sequence > head.sequence) {
      this.#missing = {
        sinceLine: this.#line,
        fault: {
          kind: 'truncated',
          sequence: head.sequence + 1,
          reason: `the log ends with entry ${head.sequence}, and a checkpoint tells that it reached ${sequence}`,
        },
      };
      return true;
    }
    if (sequence < head.sequence) {
      return this.#fail({
        kind: 'reordered',
        sequence,
        reason: `its checkpoint stands behind entry ${head.sequence}`,
      });
    }
    if (head.hash !== undefined && head.hash !== hash) {
      return this.#fail({
        kind: 'checkpoint',
        sequence,
        reason: `its hash is not the one that its checkpoint holds: it, or an entry after ${
          this.#signedUpTo ?? 0
        }, was rewritten`,
      });
    }
    this.#head = { sequence, hash };
    this.#checkpoints += 1;
    if (this.#publicKeys.length > 0) this.#signedUpTo = sequence;
    return true;
  }

  #end(line: Extract<AuditExportLine, { type: 'end' }>): boolean {
    const { sequence } = this.#current();
    this.#ended = true;
    this.#more = !line.complete;
    if (line.last === sequence) return true;
    return this.#fail({
      kind: 'truncated',
      sequence: sequence + 1,
      reason: `the log ends with entry ${sequence}, and its last line tells that it reached ${line.last}`,
    });
  }

  /** Tells an entry that was moved from one that is gone. */
  #lookAhead(line: AuditExportLine, { fault, sinceLine }: Missing): boolean {
    if (line.type === 'entry') {
      if (line.sequence === fault.sequence) {
        return this.#fail({
          kind: 'reordered',
          sequence: fault.sequence,
          reason: `it stands behind others that follow it`,
        });
      }
      if (fault.kind === 'truncated') {
        this.#missing = {
          sinceLine,
          fault: {
            ...fault,
            kind: 'gap',
            reason: `entry ${fault.sequence} is missing: ${
              line.sequence
            } follows ${fault.sequence - 1}`,
          },
        };
      }
    }
    if (this.#line - sinceLine < LOOK_AHEAD_LINES) return true;
    return this.#fail(fault);
  }

  #current(): { sequence: number; hash?: string } {
    if (this.#head && !this.#ended) return this.#head;
    throw new InputError(
      `This is not an exported audit log: line ${
        this.#line
      } stands outside of an export, which begins with a line of the type 'export'.`,
    );
  }

  #fail(fault: AuditFault): boolean {
    this.#missing = undefined;
    this.#fault ??= fault;
    return false;
  }
}
