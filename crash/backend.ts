import { createBackend } from '@backstage/backend-defaults';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import runbooksPlugin from '@lakehouse-ops/plugin-runbooks-backend';
import lakehouseModule from '@lakehouse-ops/plugin-runbooks-backend-module-lakehouse';
import { POINTS, withFault } from './faults';
import { ledgerModule } from './ledger';
import { trinoWithoutLeastRetention } from './shortRetention';

/**
 * One backend process with the Runbooks plugin and the shipped actions: told by
 * CRASH_AT it stops at a point of each run, to be killed there. People are
 * whoever a token says, and may do anything: who may do what is tested elsewhere.
 */
const backend = createBackend();
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(mockServices.userInfo.factory());
backend.add(mockServices.permissions.factory());
backend.add(catalogServiceMock.factory({ entities: [] }));
backend.add(
  createServiceFactory({
    service: notificationService,
    deps: {},
    factory: () => ({ send: async () => {} }),
  }),
);
backend.add(trinoWithoutLeastRetention);
backend.add(runbooksPlugin);

const point = POINTS.find(one => one === process.env.CRASH_AT);
backend.add(point ? withFault(lakehouseModule, point) : lakehouseModule);
backend.add(ledgerModule);

backend.start().then(
  () => process.send?.({ ready: true }),
  error => {
    console.error(error);
    process.exit(1);
  },
);
