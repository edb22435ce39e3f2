import type { Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeRedisError } from '@lakehouse-ops/plugin-lakehouse-node';
import {
  gapFromError as gapOfSystem,
  type GapFromErrorOptions,
} from '../shared/gapFromError';

/** A Gap that says what an error of the connection means for a subject. */
export function gapFromError(options: GapFromErrorOptions): Gap {
  return gapOfSystem({ ...options, describe: describeRedisError });
}
