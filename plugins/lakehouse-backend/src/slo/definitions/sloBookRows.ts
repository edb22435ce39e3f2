import type {
  SloDefinition,
  SloFileStatus,
  SloProblem,
  SloVersion,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { DbNumber, isoFromDb, storableText } from '../../observations/storable';
import type { StandingSlo } from './planBookChanges';
import type { SloFileUpdate } from './SloBookUpdate';
import type { StoredSlo } from './SloBook';
import { stableJson } from './stableJson';

export interface SloRow {
  id: string;
  owned_by: string;
  location: string;
  entity_ref: string | null;
  owner: string | null;
  on_call: string | null;
  system: string | null;
  edit_url: string | null;
  definition: string;
  version: number;
  since_at: DbNumber;
}

export interface SloFileRow {
  owned_by: string;
  location: string;
  format: string | null;
  checked_at: DbNumber;
  used_since: DbNumber | null;
  missing_since: DbNumber | null;
  content: string | null;
  problems: string;
}

export interface SloVersionRow {
  slo_id: string;
  version: number;
  from_at: DbNumber;
  until_at: DbNumber | null;
  definition: string;
}

/** What is told of a file. Its text, which may be long, is not. */
export const FILE_STATUS_COLUMNS = [
  'owned_by',
  'location',
  'format',
  'checked_at',
  'used_since',
  'problems',
] as const;

export type FileStatusRow = Pick<
  SloFileRow,
  (typeof FILE_STATUS_COLUMNS)[number]
>;

/** What only we write needs no second look at its shape. */
function definitionFrom(text: string): SloDefinition {
  const definition: SloDefinition = JSON.parse(text);
  return definition;
}

export function standingFromRow(row: SloRow): StandingSlo {
  return {
    id: row.id,
    definition: definitionFrom(row.definition),
    version: Number(row.version),
    since: isoFromDb(row.since_at) ?? '',
    location: row.location,
    namedBy: row.owned_by || undefined,
    entityRef: row.entity_ref ?? undefined,
    owner: row.owner ?? undefined,
    onCall: row.on_call ?? undefined,
    system: row.system ?? undefined,
    editUrl: row.edit_url ?? undefined,
  };
}

export function storedFrom(standing: StandingSlo): StoredSlo {
  const { namedBy, ...stored } = standing;
  return stored;
}

export function rowOfStanding(slo: StandingSlo): SloRow {
  return {
    id: slo.id,
    owned_by: slo.namedBy ?? '',
    location: slo.location,
    entity_ref: slo.entityRef ?? null,
    owner: slo.owner ?? null,
    on_call: slo.onCall ?? null,
    system: slo.system ?? null,
    edit_url: slo.editUrl ?? null,
    definition: storableText(stableJson(slo.definition)),
    version: slo.version,
    since_at: Date.parse(slo.since),
  };
}

export function versionFromRow(row: SloVersionRow): SloVersion {
  return {
    version: Number(row.version),
    from: isoFromDb(row.from_at) ?? '',
    until: isoFromDb(row.until_at),
    definition: definitionFrom(row.definition),
  };
}

export function versionRowOf(slo: StandingSlo): SloVersionRow {
  return {
    slo_id: slo.id,
    version: slo.version,
    from_at: Date.parse(slo.since),
    until_at: null,
    definition: storableText(stableJson(slo.definition)),
  };
}

export function fileStatusFrom(
  row: FileStatusRow,
  slos: readonly string[],
): SloFileStatus {
  const problems: SloProblem[] = JSON.parse(row.problems);
  return {
    location: row.location,
    entityRef: row.owned_by || undefined,
    format: row.format ?? undefined,
    checkedAt: isoFromDb(row.checked_at),
    usedSince: isoFromDb(row.used_since),
    slos,
    problems,
  };
}

/** `before`: the row as it stands. */
export function rowOfFile(
  update: SloFileUpdate,
  options: { before?: SloFileRow; atMs: number },
): SloFileRow {
  const { before, atMs } = options;
  const content = update.good && storableText(update.good.content);
  const unchanged = content === undefined || before?.content === content;
  return {
    owned_by: update.namedBy ?? '',
    location: update.location,
    format: update.format ?? before?.format ?? null,
    checked_at: atMs,
    used_since: unchanged ? before?.used_since ?? null : atMs,
    missing_since: null,
    content: content ?? before?.content ?? null,
    problems: storableText(JSON.stringify(update.problems)),
  };
}
