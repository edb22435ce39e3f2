import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { SamplePolicy } from './SamplePolicy';

/** Installs {@link SamplePolicy} with the operators and approvers of `permission.samplePolicy`. */
export const permissionModuleSamplePolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'sample-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint, config: coreServices.rootConfig },
      async init({ policy, config }) {
        const refs = (key: string) =>
          config.getOptionalStringArray(`permission.samplePolicy.${key}`) ?? [];
        policy.setPolicy(
          new SamplePolicy({
            operators: refs('operators'),
            approvers: refs('approvers'),
          }),
        );
      },
    });
  },
});
