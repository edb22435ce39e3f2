import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { TlsConfig } from '../../http/TlsDispatcher';

/** @throws when a certificate's file can't be read */
export async function readRedisTls(
  tls: TlsConfig = {},
  host: string,
): Promise<ConnectionOptions> {
  const read = async (file: string | undefined) =>
    file === undefined ? undefined : readFile(file, 'utf8');
  const [ca, cert, key] = await Promise.all([
    read(tls.caFile),
    read(tls.certFile),
    read(tls.keyFile),
  ]);
  const servername = tls.serverName ?? (isIP(host) ? undefined : host);
  return { ca, cert, key, ...(servername && { servername }) };
}
