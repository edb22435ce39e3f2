import './instrumentation';
import { createBackend } from '@backstage/backend-defaults';
import { authModuleDemoProvider } from './auth/authModuleDemoProvider';
import { permissionModuleSamplePolicy } from './permission/permissionModuleSamplePolicy';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(authModuleDemoProvider);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(permissionModuleSamplePolicy);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('@lakehouse-ops/plugin-lakehouse-backend'));
backend.add(import('@lakehouse-ops/plugin-runbooks-backend'));
backend.add(import('@lakehouse-ops/plugin-runbooks-backend-module-lakehouse'));

backend.start();
