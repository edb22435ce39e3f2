export * from './verifyAuditChain';
