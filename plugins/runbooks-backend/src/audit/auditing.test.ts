import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { AuditExportVerifier } from '@lakehouse-ops/plugin-runbooks-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { neighbours } from '../__testUtils__/neighbours';
import { runbooksPlugin } from '../plugin';
import { AuditCheckpointer } from './AuditCheckpointer';
import { DatabaseAuditLog } from './DatabaseAuditLog';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signingKey = privateKey
  .export({ type: 'pkcs8', format: 'pem' })
  .toString();

async function setup(options: { audit?: object; denied?: boolean } = {}) {
  const knex = await databases.init('SQLITE_3');
  const { audited, features } = neighbours();
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const { server } = await startTestBackend({
    features: [
      runbooksPlugin,
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => knex }),
      }),
      createServiceFactory({
        service: coreServices.logger,
        deps: {},
        factory: () => logger,
      }),
      mockServices.rootConfig.factory({
        data: {
          runbooks: {
            deniedHelp: 'Ask team-platform.',
            ...(options.audit ? { audit: options.audit } : {}),
          },
        },
      }),
      mockServices.permissions.mock({
        authorize: async asks =>
          asks.map(() => ({
            result: options.denied
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      ...features,
    ],
  });
  const log = DatabaseAuditLog.create(knex);
  const checkpointer = AuditCheckpointer.create({
    log,
    logger,
    signer: { keyId: 'test', privateKey },
  });
  const take = (
    query = '',
    authorization = mockCredentials.user.header('user:default/alice'),
  ) =>
    request(server)
      .get(`/api/runbooks/audit/export${query}`)
      .set('authorization', authorization);
  return { knex, log, logger, checkpointer, audited, take };
}

async function write(log: DatabaseAuditLog, count: number) {
  for (let index = 0; index < count; index++) {
    await log.append({ actor: 'a', event: 'x', detail: { index } });
  }
}

function verify(text: string, publicKeys: KeyObject[] = [publicKey]) {
  const verifier = AuditExportVerifier.create({ publicKeys });
  for (const line of text.split('\n').filter(Boolean)) {
    if (!verifier.take(line)) break;
  }
  return verifier.report();
}

describe('the audit log', () => {
  it('is taken away whole, page by page, and says who took it', async () => {
    const { log, checkpointer, audited, take } = await setup();
    await write(log, 2500);
    expect(await checkpointer.checkpoint()).toMatchObject({ sequence: 2500 });
    const response = await take();
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toContain('application/x-ndjson');
    expect(verify(response.text)).toMatchObject({
      entries: 2501,
      checkpoints: 1,
      signedUpTo: 2500,
      more: false,
      fault: undefined,
    });
    expect(await log.read({ after: 2500, limit: 10 })).toMatchObject([
      {
        actor: 'user:default/alice',
        event: 'audit-exported',
        detail: { after: 0, limit: 100_000 },
      },
    ]);
    expect(audited).toEqual(['audit-export: begun', 'audit-export: succeeded']);
    const first = await take('?limit=1500');
    const rest = await take('?after=1500');
    expect(verify(first.text)).toMatchObject({ entries: 1500, more: true });
    expect(verify(first.text + rest.text)).toMatchObject({
      entries: 2503,
      checkpoints: 1,
      fault: undefined,
    });
  });

  it('is given to services as well, and to nobody without the permission', async () => {
    const { take } = await setup();
    expect((await take('', mockCredentials.service.header())).status).toBe(200);
    const refused = await setup({ denied: true });
    const response = await refused.take();
    expect(response.status).toBe(403);
    expect(response.body.error.message).toBe(
      'You need runbooks.audit.read to take the audit log away. Ask team-platform.',
    );
    expect(refused.audited).toEqual([
      'audit-export: begun',
      'audit-export: NotAllowedError',
    ]);
    expect(await refused.log.read({ after: 0, limit: 10 })).toMatchObject([
      { event: 'denied', actor: 'user:default/alice' },
    ]);
    expect((await take('?limit=2000000')).status).toBe(400);
    expect((await take('?after=-1')).status).toBe(400);
  });

  it('says on the export and once in the log that nothing is signed', async () => {
    const { take, logger } = await setup();
    expect((await take()).text.split('\n')[0]).toContain(
      'Nothing is signed, since runbooks.audit has no signingKey',
    );
    const told = logger.info.mock.calls.filter(([message]) =>
      message.includes('Nothing is signed'),
    );
    expect(told).toHaveLength(1);
    const signed = await setup({ audit: { signingKey } });
    expect((await signed.take()).text).not.toContain('Nothing is signed');
  });

  it('shows what was done to it in the database', async () => {
    const cases: Array<[string, (knex: Knex) => Promise<unknown>, object]> = [
      [
        'a detail rewritten',
        knex =>
          knex('runbook_audit')
            .where({ sequence: 3 })
            .update({ detail: '{"index":9}' }),
        { kind: 'hash', sequence: 3 },
      ],
      [
        'a row deleted',
        knex => knex('runbook_audit').where({ sequence: 4 }).delete(),
        { kind: 'gap', sequence: 4 },
      ],
      [
        'rows swapped',
        async knex => {
          const swap = (from: number, to: number) =>
            knex('runbook_audit')
              .where({ sequence: from })
              .update({ sequence: to });
          await swap(3, -1);
          await swap(4, 3);
          await swap(-1, 4);
        },
        { kind: 'previous-hash', sequence: 3 },
      ],
      [
        'the tail cut off, head included',
        async knex => {
          await knex('runbook_audit').where('sequence', '>', 4).delete();
          const row = await knex('runbook_audit')
            .where({ sequence: 4 })
            .first();
          await knex('runbook_audit_head').update({
            sequence: 4,
            hash: row.hash,
          });
        },
        { kind: 'checkpoint', sequence: 6 },
      ],
    ];
    for (const [what, tamper, fault] of cases) {
      const { knex, log, checkpointer, take } = await setup();
      await write(log, 6);
      await checkpointer.checkpoint();
      await tamper(knex);
      await write(log, 3);
      const { text } = await take();
      expect([what, verify(text).fault]).toEqual([
        what,
        expect.objectContaining(fault),
      ]);
    }
  });

  it('is not signed again when what was signed is gone or another', async () => {
    const { knex, log, logger, checkpointer } = await setup();
    await write(log, 6);
    await checkpointer.checkpoint();
    await knex('runbook_audit').where('sequence', '>', 4).delete();
    const kept = await knex('runbook_audit').where({ sequence: 4 }).first();
    await knex('runbook_audit_head').update({ sequence: 4, hash: kept.hash });
    await log.append({ actor: 'mallory', event: 'x', detail: {} });
    await write(log, 3);
    expect(await checkpointer.checkpoint()).toBeUndefined();
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('broken at entry 6: it is not what was signed'),
    );
  });

  it('is never signed over a change, nor twice', async () => {
    const { knex, log, logger, checkpointer } = await setup();
    expect(await checkpointer.checkpoint()).toBeUndefined();
    await write(log, 5);
    await checkpointer.checkpoint();
    expect(await checkpointer.checkpoint()).toBeUndefined();
    await write(log, 5);
    await knex('runbook_audit')
      .where({ sequence: 8 })
      .update({ actor: 'mallory' });
    expect(await checkpointer.checkpoint()).toBeUndefined();
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('is broken at entry 8'),
    );
    await knex('runbook_audit').where('sequence', '>', 3).delete();
    expect(await checkpointer.checkpoint()).toBeUndefined();
    expect(logger.error).toHaveBeenLastCalledWith(
      expect.stringContaining('entry 5: it was signed, and is no longer there'),
    );
  });
});
