import { type Cost } from '../cluster/Work';
import { type TrinoError } from '../sql/TrinoError';
import { type Random } from '../world/Random';

/** A commit that a persona's statement leaves in a table. */
export interface SimulatedWrite {
  schema: string;
  table: string;
  files: [low: number, high: number];
  rowsPerFile: number;
  bytesPerFile: number;
  /** Whether statistics are collected while writing. */
  statistics: boolean;
}

export interface SimulatedStatement {
  sql: string;
  cost: Partial<Cost> & { runMs: number };
  failure?: TrinoError;
  write?: SimulatedWrite;
  outputRows?: number;
}

/** Somebody, or some program, that sends queries now and then. */
export interface Persona {
  user: string;
  source?: string;
  clientTags?: string[];
  userAgent?: string;
  /** Mean time between two statements. */
  everyMs: number;
  next(random: Random): SimulatedStatement;
}
