export { formatValue } from './formatValue';
