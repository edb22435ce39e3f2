import { maskSecrets } from './maskSecrets';

/** Kept unless the config tells otherwise. */
export const DEFAULT_MAX_TEXT_LENGTH = 10_000;

/** Read beyond the limit, so that a secret across it is seen whole. */
export const TEXT_MARGIN = 2_000;

/** A query's text as it may be stored: secrets masked first, then cut to the limit. */
export function prepareQueryText(
  text: string,
  maxLength: number = DEFAULT_MAX_TEXT_LENGTH,
): { text: string; truncated: boolean } {
  const masked = maskSecrets(text.slice(0, maxLength + TEXT_MARGIN));
  return {
    text: masked.slice(0, maxLength),
    truncated: text.length > maxLength || masked.length > maxLength,
  };
}
