import {
  isFinalRunState,
  type Run,
  type RunWaiting,
} from '@lakehouse-ops/plugin-runbooks-common';
import { personName } from '../approvals/personName';

/** Runs that took longer are worth a notification: people have left the page. */
const NOTIFY_AFTER_MS = 10_000;

/** What people are told of a run. */
export interface RunNotice {
  readonly about: 'end' | 'decision' | RunWaiting['kind'];
  readonly recipients: readonly string[];
  /** Whoever is told so otherwise. */
  readonly excluded?: string;
  readonly title: string;
  readonly description?: string;
  readonly severity: 'normal' | 'high';
}

/** What is worth telling of a run as it is now; undefined when nothing is. */
export function noticeOf(run: Run, nowMs: number): RunNotice | undefined {
  const { waitingFor } = run;
  if (isFinalRunState(run.state)) {
    if (!run.endedAt || !isLong(run, Date.parse(run.endedAt))) return undefined;
    return {
      about: 'end',
      recipients: [run.startedBy],
      title: `${run.title}: ${run.state.replace('-', ' ')}`,
      description: run.verification?.summary ?? run.error?.message,
      severity: run.state === 'succeeded' ? 'normal' : 'high',
    };
  }
  if (run.state !== 'waiting' || !waitingFor) return undefined;
  if (waitingFor.kind === 'approval') {
    // Who else has the permission, no policy tells: they find it in the list.
    if (waitingFor.groups.length === 0) return undefined;
    return {
      about: 'approval',
      recipients: waitingFor.groups,
      excluded: run.startedBy,
      title: `${run.title} waits for your approval`,
      description: `${personName(run.startedBy)} asks, until ${atMinute(
        waitingFor.until,
      )}: ${waitingFor.question}`,
      severity: 'high',
    };
  }
  const asked = askedOfStarter(waitingFor);
  if (!asked || !isLong(run, nowMs)) return undefined;
  return {
    about: waitingFor.kind,
    recipients: [run.startedBy],
    title: `${run.title} waits for you`,
    description: asked,
    severity: 'high',
  };
}

function askedOfStarter(waiting: RunWaiting): string | undefined {
  switch (waiting.kind) {
    case 'answer':
      return waiting.instruction;
    case 'decision':
      return `Whether it took effect has to be told: ${waiting.facts}`;
    case 'person':
      return 'It goes on once you say so: your sign-in has ended, and it acts only as you.';
    default:
      return undefined;
  }
}

/** "2026-11-21 22:32 UTC": nothing tells the zone of who reads it. */
function atMinute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

function isLong(run: Run, atMs: number): boolean {
  return atMs - Date.parse(run.createdAt) > NOTIFY_AFTER_MS;
}
