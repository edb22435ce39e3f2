import { createServer } from 'node:net';
import { Problem } from './problems.mjs';

function portFrom(variable, fallback) {
  const text = process.env[variable];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Problem(
      `${variable}=${text} is not a port.`,
      'Give a number from 1 to 65535.',
    );
  }
  return port;
}

function listens(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', error => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES')
        resolve(false);
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
        resolve(true);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** Whether nothing listens on the port of this machine's loopback addresses. */
export async function isFree(port) {
  return (await listens(port, '127.0.0.1')) && (await listens(port, '::1'));
}

/** A free port told by its environment variable or the usual one; a Problem with an offer when taken. */
export async function claimPort({ variable, fallback, what }) {
  const port = portFrom(variable, fallback);
  if (await isFree(port)) return port;
  let offer = port + 1;
  while (offer < Math.min(port + 50, 65535) && !(await isFree(offer)))
    offer += 1;
  throw new Problem(
    `Port ${port}, for ${what}, is in use by another program.`,
    `Stop that program, or take another port: ${variable}=${offer} npm start`,
  );
}
