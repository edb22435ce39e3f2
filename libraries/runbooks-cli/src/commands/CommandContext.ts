import type { Command } from 'commander';
import type { CliOutput } from '../CliOutput';

/** What a command is added with. */
export interface CommandContext {
  readonly program: Command;
  readonly output: CliOutput;
  /** Sets the exit code; 0 unless called. */
  exit(code: number): void;
}
