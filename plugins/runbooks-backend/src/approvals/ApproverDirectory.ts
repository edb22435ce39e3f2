import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_HAS_MEMBER,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Allowance,
  ApprovalRule,
} from '@lakehouse-ops/plugin-runbooks-common';

/** Tells whether there is anybody who could agree. */
export interface ApproverFinder {
  /** @param excluded - entity refs of people who may not: the one who starts it */
  couldApprove(
    rule: ApprovalRule,
    excluded: readonly string[],
  ): Promise<Allowance>;
}

/** Where there is no catalog to ask, it shows when it is asked for. */
export const ANYBODY: ApproverFinder = {
  couldApprove: async () => ({ allowed: true }),
};

/** Looks approvers up in the catalog, so that no run waits for people who are not there. */
export class ApproverDirectory implements ApproverFinder {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;

  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }): ApproverDirectory {
    return new ApproverDirectory(options);
  }

  private constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
  }

  async couldApprove(
    rule: ApprovalRule,
    excluded: readonly string[],
  ): Promise<Allowance> {
    // Whoever has the permission may: who that is, a policy tells only of one at a time.
    if (rule.groups.length === 0) return { allowed: true };
    try {
      return await this.#assess(rule, excluded);
    } catch (error) {
      // A catalog that is away is no reason to keep people from starting.
      this.#logger.warn(
        `Who could approve was not found out: ${toError(error).message}`,
      );
      return { allowed: true };
    }
  }

  async #assess(
    rule: ApprovalRule,
    excluded: readonly string[],
  ): Promise<Allowance> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const refs = rule.groups.map(ref => normalRef(ref));
    const groups = refs.filter(ref => !ref.startsWith('user:'));
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: groups, fields: ['kind', 'metadata', 'relations'] },
      { credentials },
    );
    const people = new Set(refs.filter(ref => ref.startsWith('user:')));
    const faults: string[] = [];
    groups.forEach((group, index) => {
      const entity = items[index];
      const members = (entity?.relations ?? [])
        .filter(relation => relation.type === RELATION_HAS_MEMBER)
        .map(relation => normalRef(relation.targetRef));
      for (const member of members) people.add(member);
      if (!entity) faults.push(`${group} is not in the catalog`);
      else if (members.length === 0) faults.push(`${group} has no members`);
    });
    for (const ref of excluded) people.delete(normalRef(ref));
    if (people.size >= rule.count) return { allowed: true };
    const who =
      people.size === 0
        ? 'Nobody could approve it'
        : `${rule.count} people have to approve it, and only ${people.size} could`;
    return {
      allowed: false,
      reason: `${who}: ${
        faults.join(', ') ||
        `${refs.join(', ')} ${
          refs.length === 1 ? 'has' : 'have'
        } no other members, and nobody approves what they started`
      }.`,
      remedy:
        'Add people to the group in the catalog, or name another one in the runbook.',
    };
  }
}

/** @returns the ref in full and in lower case */
export function normalRef(ref: string): string {
  return stringifyEntityRef(
    parseEntityRef(ref, { defaultKind: 'group', defaultNamespace: 'default' }),
  );
}
