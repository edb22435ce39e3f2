import { toError } from '@backstage/errors';
import { Command, CommanderError } from 'commander';
import type { CliOutput } from './CliOutput';
import { addLintCommand } from './commands/addLintCommand';
import { addVerifyAuditCommand } from './commands/addVerifyAuditCommand';
import { EXIT_NOT_CHECKED } from './exitCodes';

const TERMINAL: CliOutput = {
  out: line => process.stdout.write(`${line}\n`),
  err: line => process.stderr.write(`${line}\n`),
};

/**
 * Runs a command.
 *
 * @param args - without `node` and the script's name
 * @returns the exit code: 0 when all is well, 1 when something was found, 2
 * when it could not be looked at
 * @public
 */
export async function runCli(
  args: readonly string[],
  output: CliOutput = TERMINAL,
): Promise<number> {
  let exitCode = 0;
  const program = new Command('runbooks')
    .description(
      'Checks runbook files and audit logs of Runbooks for Backstage',
    )
    .exitOverride()
    .configureOutput({
      writeOut: text => output.out(text.trimEnd()),
      writeErr: text => output.err(text.trimEnd()),
    });
  const shared = {
    program,
    output,
    exit: (code: number) => {
      exitCode = code;
    },
  };
  addLintCommand(shared);
  addVerifyAuditCommand(shared);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : EXIT_NOT_CHECKED;
    }
    output.err(toError(error).message);
    return EXIT_NOT_CHECKED;
  }
}
