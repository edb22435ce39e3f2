import { createReadStream } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import {
  type AuditExportReport,
  AuditExportVerifier,
} from '@lakehouse-ops/plugin-runbooks-node';
import { readPublicKey } from '../audit/readPublicKey';
import { describeReport } from '../audit/describeReport';
import { EXIT_FOUND } from '../exitCodes';
import { readLines } from '../io/readLines';
import type { CommandContext } from './CommandContext';

/** `verify-audit`: whether an exported audit log is as it was written. */
export function addVerifyAuditCommand(context: CommandContext): void {
  const { program, output, exit } = context;
  program
    .command('verify-audit')
    .description(
      'Checks an audit log that GET /api/runbooks/audit/export gave, offline',
    )
    .argument('<file>', 'the export; - for standard input')
    .option(
      '--public-key <file>',
      'public key (PEM) that checkpoints are signed with; may be given again for keys of earlier times',
      (file: string, files: string[]) => [...files, file],
      [],
    )
    .option(
      '--from-checkpoint <sequence>',
      'begin at this signed checkpoint, and take what stands before it on its word',
      sequenceOf,
    )
    .action(
      async (
        file: string,
        options: { publicKey: string[]; fromCheckpoint?: number },
      ) => {
        const report = await verifyAudit({
          file,
          publicKeyFiles: options.publicKey,
          fromCheckpoint: options.fromCheckpoint,
        });
        const { lines, warnings } = describeReport(report);
        warnings.forEach(line => output.err(line));
        lines.forEach(line => output.out(line));
        if (report.fault) exit(EXIT_FOUND);
      },
    );
}

async function verifyAudit(options: {
  file: string;
  publicKeyFiles: readonly string[];
  fromCheckpoint?: number;
}): Promise<AuditExportReport> {
  const verifier = AuditExportVerifier.create({
    publicKeys: options.publicKeyFiles.map(readPublicKey),
    fromCheckpoint: options.fromCheckpoint,
  });
  const stream =
    options.file === '-' ? process.stdin : createReadStream(options.file);
  for await (const line of readLines(stream)) {
    if (!verifier.take(line)) break;
  }
  return verifier.report();
}

function sequenceOf(text: string): number {
  const sequence = Number(text);
  if (Number.isSafeInteger(sequence) && sequence > 0) return sequence;
  throw new InvalidArgumentError('It is the number of an entry, from 1.');
}
