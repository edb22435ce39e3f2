/**
 * Collects, stores and serves what a lakehouse is doing.
 *
 * @packageDocumentation
 */

export { lakehousePlugin as default, lakehousePlugin } from './plugin';
export {
  createLakehouseConnectionConditionalDecision,
  lakehouseConnectionConditions,
  lakehouseConnectionPermissionResourceRef,
  type LakehouseConnectionQuery,
  type LakehouseConnectionResource,
} from './permissions/connectionResource';
