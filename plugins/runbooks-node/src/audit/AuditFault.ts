/**
 * What can be wrong with an audit chain.
 *
 * `gap`: entries are missing between others. `truncated`: entries are missing
 * at the end. `reordered`: an entry stands in another's place, or twice.
 * `previous-hash`: it does not follow from the entry before it. `hash`: it was
 * changed after it was written. `checkpoint`: it is not what was signed.
 * `signature`: a checkpoint was signed with another key, or changed.
 * `malformed`: it is no entry at all.
 *
 * @public
 */
export type AuditFaultKind =
  | 'gap'
  | 'truncated'
  | 'reordered'
  | 'previous-hash'
  | 'hash'
  | 'checkpoint'
  | 'signature'
  | 'malformed';

/**
 * The first entry of a chain that does not hold.
 *
 * @public
 */
export interface AuditFault {
  readonly kind: AuditFaultKind;
  /** Of the entry. */
  readonly sequence: number;
  /** What is wrong, without a full stop. */
  readonly reason: string;
}
