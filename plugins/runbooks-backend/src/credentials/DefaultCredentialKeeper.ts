import type {
  AuthService,
  BackstageCredentials,
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { CredentialKeeper } from '../engine/ports';
import { TokenSeal } from './TokenSeal';

/** Treated as expired a little early, so that it is still good when it arrives. */
const EARLY_MS = 30_000;

const rowSchema = z.object({ sealed_token: z.string().nullish() });

/**
 * Keeps the credentials of people for their runs: in this process, and with
 * `runbooks.secretKey` also sealed in the database, so that a run whose process
 * died goes on as the person who started it.
 */
export class DefaultCredentialKeeper implements CredentialKeeper {
  readonly #db: Knex;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #seal: TokenSeal | undefined;
  readonly #kept = new Map<string, BackstageCredentials>();

  /** @throws InputError when the secret is too short */
  static async create(options: {
    database: DatabaseService;
    auth: AuthService;
    logger: LoggerService;
    secretKey?: string;
  }): Promise<DefaultCredentialKeeper> {
    const { database, auth, logger, secretKey } = options;
    return new DefaultCredentialKeeper({
      db: await database.getClient(),
      auth,
      logger,
      seal:
        secretKey === undefined ? undefined : TokenSeal.fromSecret(secretKey),
    });
  }

  private constructor(options: {
    db: Knex;
    auth: AuthService;
    logger: LoggerService;
    seal: TokenSeal | undefined;
  }) {
    this.#db = options.db;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#seal = options.seal;
  }

  async hold(
    runId: string,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    this.#dropExpired();
    this.#kept.set(runId, credentials);
    if (!this.#seal) return undefined;
    try {
      const { token } = await this.#auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'runbooks',
      });
      return this.#seal.seal(runId, token);
    } catch (error) {
      // The run goes on in this process; after a restart the person is asked.
      this.#logger.warn(
        `The credentials of run ${runId} could not be sealed: ${
          toError(error).message
        }`,
      );
      return undefined;
    }
  }

  drop(runId: string): void {
    this.#kept.delete(runId);
  }

  async keep(runId: string, credentials: BackstageCredentials): Promise<void> {
    const sealed = await this.hold(runId, credentials);
    if (sealed !== undefined) await this.#store(runId, sealed);
  }

  async recall(runId: string): Promise<BackstageCredentials | undefined> {
    const kept = this.#kept.get(runId);
    if (kept && !hasExpired(kept)) return kept;
    this.#kept.delete(runId);
    const opened = await this.#open(runId);
    if (!opened) return undefined;
    try {
      const credentials = await this.#auth.authenticate(opened);
      if (hasExpired(credentials)) return undefined;
      this.#kept.set(runId, credentials);
      return credentials;
    } catch (error) {
      this.#logger.info(
        `The credentials of run ${runId} are no longer good; the person has to be asked: ${
          toError(error).message
        }`,
      );
      return undefined;
    }
  }

  async forget(runId: string): Promise<void> {
    this.#kept.delete(runId);
    if (this.#seal) await this.#store(runId, null);
  }

  async #open(runId: string): Promise<string | undefined> {
    if (!this.#seal) return undefined;
    const row: unknown = await this.#db('runbook_runs')
      .where({ id: runId })
      .first('sealed_token');
    const sealed = rowSchema.optional().parse(row)?.sealed_token;
    return sealed ? this.#seal.open(runId, sealed) : undefined;
  }

  async #store(runId: string, sealed: string | null): Promise<void> {
    const rows = this.#db('runbook_runs').where({ id: runId });
    // Another process may have ended the run meanwhile.
    if (sealed !== null) rows.whereNull('ended_at');
    await rows.update({ sealed_token: sealed });
  }

  #dropExpired(): void {
    for (const [runId, credentials] of this.#kept) {
      if (hasExpired(credentials)) this.#kept.delete(runId);
    }
  }
}

function hasExpired({ expiresAt }: BackstageCredentials): boolean {
  return (
    expiresAt !== undefined && expiresAt.getTime() - EARLY_MS <= Date.now()
  );
}
