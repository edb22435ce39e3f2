import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DefaultGatewayConnection,
  type GatewayAuthConfig,
} from '../../connections/gateway';
import { DefaultTrinoConnection } from '../../connections/trino';
import { createTestConfig } from '../createTestConfig';
import { createTestGatewayConfig } from './createTestGatewayConfig';
import type { GatewayContractTarget } from './gatewayContract';

/** Opens the connections of the contract to a gateway whose backends are named as ours. */
export function openGatewayTarget(options: {
  url: string;
  logger: LoggerService;
  auth: GatewayAuthConfig;
  backends: { default: string; other: string };
  otherGroup: string;
  /** Somebody with the role USER alone. */
  reader?: { user: string; password: string };
  close?: () => Promise<void>;
}): GatewayContractTarget {
  const { url, auth, backends } = options;
  const config = createTestGatewayConfig({
    url,
    auth,
    trinoByBackend: {
      [backends.default]: backends.default,
      [backends.other]: backends.other,
    },
  });
  const gateway = DefaultGatewayConnection.create(config);
  const stranger =
    auth.type === 'none'
      ? undefined
      : DefaultGatewayConnection.create({
          ...config,
          auth: { ...auth, password: 'not the password' },
        });
  const reader =
    auth.type === 'none' || !options.reader
      ? undefined
      : DefaultGatewayConnection.create({
          ...config,
          auth: { type: auth.type, ...options.reader },
        });
  const trino = DefaultTrinoConnection.create({
    config: createTestConfig({ url }),
    logger: options.logger,
  });
  return {
    gateway,
    stranger,
    reader,
    trinoThroughGateway: trino,
    gatewayUrl: url,
    defaultBackend: backends.default,
    otherBackend: backends.other,
    otherGroup: options.otherGroup,
    longSql: 'SELECT count(DISTINCT comment) FROM tpch.sf1000.lineitem',
    async close() {
      await Promise.all([
        gateway.close(),
        stranger?.close(),
        reader?.close(),
        trino.close(),
      ]);
      await options.close?.();
    },
  };
}
