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
export { type SandboxWorld } from './world/SandboxWorld';
export {
  startGatewaySandbox,
  type GatewaySandbox,
  type GatewaySandboxOptions,
} from './gateway/startGatewaySandbox';
