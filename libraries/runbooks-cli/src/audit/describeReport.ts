import type { AuditExportReport } from '@lakehouse-ops/plugin-runbooks-node';

/** What was found, in the lines that are printed: what counts, and what one should know besides. */
export function describeReport(report: AuditExportReport): {
  lines: string[];
  warnings: string[];
} {
  const { entries, checkpoints, first, last, fault } = report;
  const counted = `${count(entries, 'entry', 'entries')}, ${count(
    checkpoints,
    'checkpoint',
    'checkpoints',
  )}`;
  const warnings = [...report.notes];
  if (fault) {
    return {
      warnings,
      lines: [
        `BROKEN at entry ${fault.sequence} (${fault.kind}): ${fault.reason}.`,
        last
          ? `Before it: ${counted}, chain whole from ${place(first)} to ${place(
              last,
            )}.`
          : `Before it: nothing that could be checked.`,
      ],
    };
  }
  if (!first || !last) {
    return { warnings, lines: [`${counted}: nothing to check.`] };
  }
  if (first.sequence > 1) {
    warnings.push(
      `What stands before entry ${first.sequence} was not checked.`,
    );
  }
  if (report.more) {
    warnings.push(
      `The log goes on after entry ${last.sequence}: export the rest with after=${last.sequence}.`,
    );
  }
  warnings.push(...signatureWarnings(report, last.sequence));
  return {
    warnings,
    lines: [`${counted}, chain whole from ${place(first)} to ${place(last)}.`],
  };
}

function signatureWarnings(
  { checkpoints, signaturesChecked, signedUpTo }: AuditExportReport,
  last: number,
): string[] {
  if (checkpoints === 0) {
    return [
      'It holds no checkpoints: that nobody made the whole chain anew can not be told.',
    ];
  }
  if (!signaturesChecked) {
    return [
      'The signatures of the checkpoints were not checked: give the key with --public-key.',
    ];
  }
  return signedUpTo === undefined || signedUpTo >= last
    ? []
    : [
        `Signed up to entry ${signedUpTo}; what follows is only as good as the chain.`,
      ];
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function place(at: { sequence: number; at: string } | undefined): string {
  return at ? `${at.sequence} (${at.at})` : 'its start';
}
