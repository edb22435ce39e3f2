import { InputError } from '@backstage/errors';
import type { SloSilence } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  type DbNumber,
  isoFromDb,
  storableText,
} from '../../observations/storable';
import { timeOf } from './correctionRow';

export interface SilenceRow {
  silence_id: string;
  slo_id: string;
  from_at: DbNumber;
  until_at: DbNumber;
  reason: string;
  author: string;
}

/** @throws InputError for times that are none, or in the wrong order */
export function silenceRow(sloId: string, silence: SloSilence): SilenceRow {
  const from = timeOf('from', silence.from);
  const until = timeOf('until', silence.until);
  if (until <= from) {
    throw new InputError(
      `The silence ends (${silence.until}) before it begins (${silence.from}). Set 'until' to a later time.`,
    );
  }
  return {
    silence_id: silence.id,
    slo_id: sloId,
    from_at: from,
    until_at: until,
    reason: storableText(silence.reason),
    author: storableText(silence.author),
  };
}

export function silenceFromRow(row: SilenceRow): SloSilence {
  return {
    id: row.silence_id,
    from: isoFromDb(row.from_at) ?? '',
    until: isoFromDb(row.until_at) ?? '',
    reason: row.reason,
    author: row.author,
  };
}
