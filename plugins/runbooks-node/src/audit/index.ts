export * from './auditChain';
export * from './AuditCheckpoint';
export { type AuditExportLine, MAX_AUDIT_LINE_LENGTH } from './AuditExportLine';
export * from './AuditExportReport';
export * from './AuditExportVerifier';
export * from './AuditFault';
export * from './sha256OfJson';
export * from './verifyAuditChain';
