import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  lakehouseSloManagePermission,
  lakehouseSloReadPermission,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Request } from 'express';
import type { ConnectionAccess } from '../../routes/ConnectionAccess';
import type { SystemRegistry } from '../../systems/SystemRegistry';
import type { SloBook, StoredSlo } from '../definitions/SloBook';
import { connectionsOf } from './connectionsOf';

/** Who asks: a request, or the credentials with which an action was called. */
export type SloCaller =
  | { readonly request: Request }
  | { readonly credentials: BackstageCredentials };

/** An SLO is for those who may see SLOs of all connections that it counts on. */
export class SloAccess {
  readonly #access: ConnectionAccess;
  readonly #systems: Pick<SystemRegistry, 'list'>;
  readonly #book: SloBook;

  static create(options: {
    access: ConnectionAccess;
    systems: Pick<SystemRegistry, 'list'>;
    book: SloBook;
  }): SloAccess {
    return new SloAccess(options);
  }

  private constructor(options: Parameters<typeof SloAccess.create>[0]) {
    this.#access = options.access;
    this.#systems = options.systems;
    this.#book = options.book;
  }

  /** Connections of which the caller may see SLOs; among them those that left the config while SLOs still name them. */
  async connections(caller: SloCaller): Promise<string[]> {
    const known = this.#systems.list().map(({ connection }) => connection.id);
    const named = (await this.#book.list()).flatMap(connectionsOf);
    return this.#allowed(caller, lakehouseSloReadPermission, [
      ...new Set([...known, ...named]),
    ]);
  }

  /** @throws NotFoundError; NotAllowedError, which is audited */
  async requireRead(request: Request, id: string): Promise<StoredSlo> {
    return this.#require(request, id, lakehouseSloReadPermission);
  }

  /** @throws NotFoundError; NotAllowedError, which is audited */
  async requireManage(request: Request, id: string): Promise<StoredSlo> {
    await this.#require(request, id, lakehouseSloReadPermission);
    return this.#require(request, id, lakehouseSloManagePermission);
  }

  /** As {@link requireRead}, of a caller without a request. */
  async readAs(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<StoredSlo> {
    const slo = await this.#find(id);
    const missing = await this.#missing({ credentials }, slo);
    if (missing !== undefined) {
      throw new NotAllowedError(
        `You need the permission ${lakehouseSloReadPermission.name} on connection '${missing}' to see the SLO '${id}'. Ask the people who run this Backstage to allow it in its permission policy.`,
      );
    }
    return slo;
  }

  async mayManage(caller: SloCaller, slo: StoredSlo): Promise<boolean> {
    const connections = connectionsOf(slo);
    const allowed = await this.#allowed(
      caller,
      lakehouseSloManagePermission,
      connections,
    );
    return allowed.length === connections.length;
  }

  /** Connections of which the caller may manage SLOs, out of those told. */
  async manageable(
    caller: SloCaller,
    connections: readonly string[],
  ): Promise<string[]> {
    return this.#allowed(caller, lakehouseSloManagePermission, connections);
  }

  async #require(
    request: Request,
    id: string,
    permission:
      | typeof lakehouseSloReadPermission
      | typeof lakehouseSloManagePermission,
  ): Promise<StoredSlo> {
    const slo = await this.#find(id);
    const missing = await this.#missing({ request }, slo, permission);
    if (missing !== undefined) {
      await this.#access.require(request, permission, missing);
    }
    return slo;
  }

  async #missing(
    caller: SloCaller,
    slo: StoredSlo,
    permission:
      | typeof lakehouseSloReadPermission
      | typeof lakehouseSloManagePermission = lakehouseSloReadPermission,
  ): Promise<string | undefined> {
    const connections = connectionsOf(slo);
    const allowed = new Set(
      await this.#allowed(caller, permission, connections),
    );
    return connections.find(connection => !allowed.has(connection));
  }

  async #find(id: string): Promise<StoredSlo> {
    const slo = await this.#book.get(id);
    if (!slo) {
      throw new NotFoundError(
        `There is no SLO '${id}'. Its file may have been changed or removed: GET slos lists those that stand.`,
      );
    }
    return slo;
  }

  #allowed(
    caller: SloCaller,
    permission:
      | typeof lakehouseSloReadPermission
      | typeof lakehouseSloManagePermission,
    connections: readonly string[],
  ): Promise<string[]> {
    return 'request' in caller
      ? this.#access.readable(caller.request, permission, connections)
      : this.#access.allowed(caller.credentials, permission, connections);
  }
}
