/**
 * The command line of the Runbooks plugins: lints runbook files and checks
 * audit logs, without a Backstage at hand.
 *
 * @packageDocumentation
 */

export { runCli } from './cli';
export type { CliOutput } from './CliOutput';
