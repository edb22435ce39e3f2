/**
 * Where a command writes.
 *
 * @public
 */
export interface CliOutput {
  /** One line of what was asked for. */
  out(line: string): void;
  /** One line of what went wrong. */
  err(line: string): void;
}
