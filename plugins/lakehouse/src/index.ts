/**
 * The Lakehouse plugin: lakehouse health on catalog entities, and the
 * `/lakehouse` page.
 *
 * @packageDocumentation
 */

export { lakehouseApiRef, sloApiRef } from './api';
export { lakehousePlugin as default } from './plugin';
