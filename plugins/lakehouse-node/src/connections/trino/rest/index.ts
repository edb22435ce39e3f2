export * from './parseTrinoDataSize';
export * from './parseTrinoDuration';
