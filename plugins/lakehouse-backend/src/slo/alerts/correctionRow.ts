import { InputError } from '@backstage/errors';
import type { SloCorrection } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  type DbNumber,
  epochMs,
  isoFromDb,
  storableText,
} from '../../observations/storable';

export interface CorrectionRow {
  correction_id: string;
  slo_id: string;
  objective: string | null;
  from_at: DbNumber;
  to_at: DbNumber;
  kind: string;
  reason: string;
  author: string;
  created_at: DbNumber;
}

/** @throws InputError for times that are none, or in the wrong order */
export function correctionRow(
  sloId: string,
  correction: SloCorrection,
): CorrectionRow {
  const from = timeOf('from', correction.from);
  const to = timeOf('to', correction.to);
  if (to <= from) {
    throw new InputError(
      `The correction ends (${correction.to}) before it begins (${correction.from}). Set 'to' after 'from'.`,
    );
  }
  return {
    correction_id: correction.id,
    slo_id: sloId,
    objective: correction.objective ?? null,
    from_at: from,
    to_at: to,
    kind: correction.kind,
    reason: storableText(correction.reason),
    author: storableText(correction.author),
    created_at: timeOf('createdAt', correction.createdAt),
  };
}

export function correctionFromRow(row: CorrectionRow): SloCorrection {
  return {
    id: row.correction_id,
    from: isoFromDb(row.from_at) ?? '',
    to: isoFromDb(row.to_at) ?? '',
    kind: row.kind === 'maintenance' ? 'maintenance' : 'correction',
    reason: row.reason,
    author: row.author,
    createdAt: isoFromDb(row.created_at) ?? '',
    ...(row.objective === null ? {} : { objective: row.objective }),
  };
}

/** Epoch ms. @throws InputError that names the field */
export function timeOf(field: string, time: string): number {
  const ms = epochMs(time);
  if (ms === undefined) {
    throw new InputError(
      `'${field}' is '${time}', which is no time. Write an ISO time such as 2026-01-31T12:00:00Z.`,
    );
  }
  return ms;
}
