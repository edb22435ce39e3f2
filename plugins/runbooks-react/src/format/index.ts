export { formatValue } from './formatValue';
export { approvalWords, spanWords, statisticsWords } from './words';
