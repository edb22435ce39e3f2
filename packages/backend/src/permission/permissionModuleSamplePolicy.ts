import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { SamplePolicy } from './SamplePolicy';

/** Installs {@link SamplePolicy} with the operators of `permission.samplePolicy.operators`. */
export const permissionModuleSamplePolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'sample-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint, config: coreServices.rootConfig },
      async init({ policy, config }) {
        policy.setPolicy(
          new SamplePolicy({
            operators:
              config.getOptionalStringArray(
                'permission.samplePolicy.operators',
              ) ?? [],
          }),
        );
      },
    });
  },
});
