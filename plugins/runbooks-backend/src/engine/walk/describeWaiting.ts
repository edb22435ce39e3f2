import type { RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { personName, personNames } from '../../approvals/personName';

/** What a run waits for, in one sentence. */
export function describeWaiting(waiting: RunWaiting): string {
  switch (waiting.kind) {
    case 'approval':
      return `Waiting until ${waiting.until} for ${
        waiting.needed
      } of ${personNames(waiting.groups)} to agree: ${waiting.question}`;
    case 'answer':
      return `Waiting until ${waiting.until} for somebody to do this: ${waiting.instruction}`;
    case 'decision':
      return `Waiting until ${waiting.until} for somebody to say what is true: ${waiting.facts}`;
    case 'person':
      return `Waiting until ${waiting.until} for the person who started it to let it go on.`;
    case 'lock':
      return `Waiting for ${waiting.key}, which ${personName(
        waiting.heldBy,
      )} works on.`;
    default:
      return `Paused by ${personName(waiting.by)}: ${waiting.reason}`;
  }
}
