export { lakehousePickers } from './lakehousePickers';
