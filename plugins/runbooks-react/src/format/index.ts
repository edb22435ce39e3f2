export { formatValue } from './formatValue';
export { approvalWords, statisticsWords } from './words';
