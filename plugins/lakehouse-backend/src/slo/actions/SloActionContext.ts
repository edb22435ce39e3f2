import type { SloAccess } from '../routes/SloAccess';
import type { SloSpendersReader } from '../reads/SloSpendersReader';
import type { SloViews } from '../reads/SloViews';

/** What actions about SLOs are made of. */
export interface SloActionContext {
  readonly sloAccess: Pick<SloAccess, 'connections' | 'readAs'>;
  readonly views: Pick<SloViews, 'list' | 'one'>;
  readonly spenders: Pick<SloSpendersReader, 'read'>;
}
