import { join } from 'node:path';
import { root } from './paths.mjs';

const cli = join(root, 'node_modules/@backstage/cli/bin/backstage-cli');

/** How to start the app and the backend with the given config files. */
export function backstageStart(configs) {
  return {
    command: process.execPath,
    args: [
      cli,
      'repo',
      'start',
      ...configs.flatMap(file => ['--config', join(root, file)]),
    ],
  };
}

/** Whether a URL answers with success. */
export async function answers(url, headers = {}) {
  const response = await fetch(url, {
    headers,
    signal: AbortSignal.timeout(2_000),
  });
  await response.body?.cancel();
  return response.ok;
}
