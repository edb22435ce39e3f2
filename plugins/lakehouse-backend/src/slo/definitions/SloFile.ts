import type {
  LakehouseSystem,
  SloDefinition,
  SloProblem,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Kinds of files that definitions are read from. */
export type SloFileFormat = 'openslo' | 'sloth' | 'pyrra';

/** A file as it was read. */
export interface SloFileText {
  /** URL or path, as people know it. */
  readonly location: string;
  readonly text: string;
}

/** What a file is checked against. */
export interface SloParseContext {
  /** System of a connection of the config; undefined for one that there is not. */
  knows(connection: string): LakehouseSystem | undefined;
  /** All connections, to suggest the nearest name; and to take the only Prometheus where a file names none. */
  readonly connections?: readonly string[];
  /** Prometheus connection of files that name none, as those of Sloth and Pyrra. */
  readonly connection?: string;
  /** Names in `lakehouse.slo.notificationTargets`, beside `owner` and `on-call`. */
  readonly notificationTargets?: readonly string[];
  /** How long counts are kept; 400 unless told. */
  readonly retentionDays?: number;
  /** Whether an SLO may say by annotation which entity it belongs to: files of the config may. */
  readonly mayNameEntities?: boolean;
}

/** A definition and where it stands. */
export interface ParsedSlo {
  readonly definition: SloDefinition;
  /** From 1. */
  readonly line?: number;
  /** Entity ref of its annotation, lower case. */
  readonly entityRef?: string;
}

/** What a file says. With an error among the problems it is not to be used. */
export interface ParsedSloFile {
  readonly location: string;
  readonly format?: SloFileFormat;
  readonly problems: readonly SloProblem[];
  readonly slos: readonly ParsedSlo[];
}

/** Whether a file can be used as it is. */
export function isUsable(file: Pick<ParsedSloFile, 'problems'>): boolean {
  return !file.problems.some(({ severity }) => severity === 'error');
}
