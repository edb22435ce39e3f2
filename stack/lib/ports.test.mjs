import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { acceptsConnections, describePortsInUse } from './ports.mjs';

describe('ports', () => {
  it('names a port in use, what it is for and the variable', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    const ports = { redis: port, postgres: port };
    const sentences = await describePortsInUse({ ports, processes: ['redis'] });
    assert.equal(sentences.length, 1);
    assert.match(sentences[0], new RegExp(`Port ${port}, meant for Redis`));
    assert.match(sentences[0], /STACK_REDIS_PORT=/);
    assert.equal(await acceptsConnections(port), true);

    server.close();
    await once(server, 'close');
    assert.equal(await acceptsConnections(port), false);
    assert.deepEqual(
      await describePortsInUse({ ports, processes: ['redis'] }),
      [],
    );
  });
});
