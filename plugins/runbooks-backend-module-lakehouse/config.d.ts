import type { HumanDuration } from '@backstage/types';

export interface Config {
  runbooks?: {
    lakehouse?: {
      /** What http:check may ask. */
      httpCheck?: {
        /** Names that runbooks use, and what is asked then. Nothing else is ever asked. */
        allowed?: Array<{
          /** Letters, digits, dots, underscores, dashes. */
          name: string;
          /** http or https, without user and password. Redirects are not followed. */
          url: string;
          /** How long it may take; 10 seconds unless told. */
          timeout?: HumanDuration | string;
          /**
           * Sent as `Authorization`.
           * @visibility secret
           */
          authorization?: string;
        }>;
      };
      /** Adds the runbooks that Lakehouse Ops ships; true unless told. */
      shippedRunbooks?: boolean;
    };
  };
}
