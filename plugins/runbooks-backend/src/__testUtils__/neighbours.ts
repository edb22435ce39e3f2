import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import {
  type NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';

/** The services that the plugin tells of what it does, and what each was told. */
export function neighbours() {
  const audited: string[] = [];
  const signals: object[] = [];
  const notified: NotificationSendOptions[] = [];
  return {
    audited,
    signals,
    notified,
    features: [
      mockServices.auditor.mock({
        createEvent: async ({ eventId }) => {
          audited.push(`${eventId}: begun`);
          return {
            success: async () => {
              audited.push(`${eventId}: succeeded`);
            },
            fail: async ({ error }) => {
              audited.push(`${eventId}: ${error.name}`);
            },
          };
        },
      }).factory,
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async signal => {
            signals.push(signal);
          },
        }),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async sent => {
            notified.push(sent);
          },
        }),
      }),
    ],
  };
}
