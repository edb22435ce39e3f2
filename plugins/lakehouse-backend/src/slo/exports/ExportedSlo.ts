import type { StoredSlo } from '../definitions/SloBook';

/** What an export is made of: the promise, and the id that metrics of it bear. */
export type ExportedSlo = Pick<StoredSlo, 'id' | 'definition'>;
