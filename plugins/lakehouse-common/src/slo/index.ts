export * from './alertEvents';
export * from './arithmetic';
export * from './definition';
export * from './views';
