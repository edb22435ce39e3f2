import { createRouteRef } from '@backstage/core-plugin-api';

/** The `/lakehouse` page. */
export const rootRouteRef = createRouteRef({ id: 'lakehouse' });
