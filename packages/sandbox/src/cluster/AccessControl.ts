import { TrinoError } from '../sql/TrinoError';

interface Rights {
  viewsOthers(owner: string): boolean;
  killsOthers(owner: string): boolean;
  mayCallKill: boolean;
  managementRead: boolean;
}

const ALL: Rights = {
  viewsOthers: () => true,
  killsOthers: () => true,
  mayCallKill: true,
  managementRead: true,
};
const NONE: Rights = {
  viewsOthers: () => false,
  killsOthers: () => false,
  mayCallKill: false,
  managementRead: false,
};

/** The same people and rights as the file rules of the real stack. */
const RIGHTS: Record<string, Rights> = {
  admin: ALL,
  'lakehouse-ops': ALL,
  monitor: {
    viewsOthers: () => true,
    killsOthers: () => false,
    mayCallKill: true,
    managementRead: true,
  },
  bob: {
    viewsOthers: owner => owner === 'alice',
    killsOthers: owner => owner === 'alice',
    mayCallKill: true,
    managementRead: false,
  },
};

function rightsOf(user: string): Rights {
  return Object.hasOwn(RIGHTS, user) ? RIGHTS[user] : NONE;
}

export function canView(user: string, owner: string): boolean {
  return user === owner || rightsOf(user).viewsOthers(owner);
}

export function canKill(user: string, owner: string): boolean {
  return user === owner || rightsOf(user).killsOthers(owner);
}

export function canReadManagement(user: string): boolean {
  return rightsOf(user).managementRead;
}

function denied(message: string): TrinoError {
  return new TrinoError({
    name: 'PERMISSION_DENIED',
    message: `Access Denied: ${message}`,
  });
}

/** CALL needs the right to the procedure, then the right over the query. */
export function checkCanCallKill(user: string): void {
  if (!rightsOf(user).mayCallKill) {
    throw denied('Cannot execute procedure system.runtime.kill_query');
  }
}

export function checkCanKill(user: string, owner: string): void {
  if (!canKill(user, owner)) {
    throw denied('Cannot kill query');
  }
}
