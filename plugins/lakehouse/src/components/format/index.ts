export * from './CodeText';
export * from './DueTime';
export * from './formatters';
export * from './formatTime';
export * from './LiveDuration';
export * from './plainText';
export * from './RelativeTime';
export * from './useNow';
