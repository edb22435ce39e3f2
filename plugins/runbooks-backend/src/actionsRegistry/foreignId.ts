/** What ids of actions in Backstage's actions registry begin with in runbook files. */
export const FOREIGN_PREFIX = 'registry:';
