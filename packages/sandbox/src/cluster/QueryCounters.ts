import { type Query } from './Query';

/** QueryManager's counters since the start. */
export class QueryCounters {
  submitted = 0;
  started = 0;
  completed = 0;
  failed = 0;
  abandoned = 0;
  canceled = 0;
  userErrors = 0;
  internalErrors = 0;
  insufficientResources = 0;
  externalErrors = 0;
  outOfMemoryKills = 0;
  cpuSeconds = 0;
  inputBytes = 0;
  inputRows = 0;

  count(query: Query): void {
    this.completed++;
    this.cpuSeconds += query.cost.cpuMs / 1000;
    this.inputBytes += query.cost.inputBytes;
    this.inputRows += query.cost.inputRows;
    const error = query.errorCode;
    if (!error) {
      return;
    }
    this.failed++;
    switch (error.type) {
      case 'USER_ERROR':
        this.userErrors++;
        break;
      case 'INTERNAL_ERROR':
        this.internalErrors++;
        break;
      case 'INSUFFICIENT_RESOURCES':
        this.insufficientResources++;
        break;
      default:
        this.externalErrors++;
    }
    this.abandoned += error.name === 'ABANDONED_QUERY' ? 1 : 0;
    this.canceled += error.name === 'USER_CANCELED' ? 1 : 0;
    this.outOfMemoryKills += error.name === 'CLUSTER_OUT_OF_MEMORY' ? 1 : 0;
  }
}
