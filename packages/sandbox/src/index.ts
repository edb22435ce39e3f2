/**
 * The embedded demo lakehouse: it speaks Trino's protocols over a small
 * simulated world that actions really change.
 *
 * @packageDocumentation
 */
export {
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from './startSandbox';
export { startLakehouse, type LakehousePorts } from './startLakehouse';
export { type SandboxWorld } from './world/SandboxWorld';
export {
  startGatewaySandbox,
  type GatewaySandbox,
  type GatewaySandboxOptions,
} from './gateway/startGatewaySandbox';
export {
  startPrometheusSandbox,
  type PrometheusSandbox,
  type PrometheusSandboxOptions,
} from './prometheus/startPrometheusSandbox';
export {
  KUBERNETES_SANDBOX_TOKENS,
  KubernetesWorld,
  SANDBOX_NAMESPACE,
  startKubernetesSandbox,
  type KubernetesFaults,
  type KubernetesSandbox,
  type KubernetesSandboxOptions,
} from './kubernetes';
export {
  type RedisSandbox,
  type RedisSandboxOptions,
  startRedisSandbox,
} from './redis/startRedisSandbox';
export type { RedisFaults } from './redis/world/RedisFaults';
export type { RedisUserOptions } from './redis/world/RedisUser';
export type { RedisWorld } from './redis/world/RedisWorld';
export {
  startSupersetSandbox,
  type SupersetSandbox,
  type SupersetSandboxOptions,
} from './superset/startSupersetSandbox';
