import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of what a run acts on. @public */
export const RESOURCE_TYPE_RUNBOOK_RUN = 'runbook-run';

/** See what a runbook would do. @public */
export const runbookRunPreviewPermission = createPermission({
  name: 'runbooks.run.preview',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_RUNBOOK_RUN,
});

/** Start a run. @public */
export const runbookRunExecutePermission = createPermission({
  name: 'runbooks.run.execute',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RUNBOOK_RUN,
});

/** Stop a run. @public */
export const runbookRunCancelPermission = createPermission({
  name: 'runbooks.run.cancel',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RUNBOOK_RUN,
});

/** See runs and their logs. @public */
export const runbookRunReadPermission = createPermission({
  name: 'runbooks.run.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_RUNBOOK_RUN,
});

/** Approve or deny a run that somebody else started. @public */
export const runbookRunApprovePermission = createPermission({
  name: 'runbooks.run.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_RUNBOOK_RUN,
});

/** Hold all runs, or those of one runbook, and let them go on. @public */
export const runbookPausePermission = createPermission({
  name: 'runbooks.pause',
  attributes: { action: 'update' },
});

/** Take the audit log away for checking. @public */
export const runbookAuditReadPermission = createPermission({
  name: 'runbooks.audit.read',
  attributes: { action: 'read' },
});

/** All permissions of the Runbooks plugins that are asked about runs. @public */
export const runbookPermissions = [
  runbookRunPreviewPermission,
  runbookRunExecutePermission,
  runbookRunCancelPermission,
  runbookRunReadPermission,
  runbookRunApprovePermission,
];
