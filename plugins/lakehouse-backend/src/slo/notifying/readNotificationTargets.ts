import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const SECTION = 'lakehouse.slo.notificationTargets';
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Names that stand for people, not for entries of the config. */
const RESERVED = ['owner', 'on-call'];
const MIN_SECRET_LENGTH = 16;

/** A target of alerts as the config has it. */
export type NotificationTargetConfig =
  | {
      readonly name: string;
      readonly type: 'webhook';
      readonly url: string;
      /** Signs each message; never shown. */
      readonly secret: string;
    }
  | {
      readonly name: string;
      readonly type: 'alertmanager';
      /** Of the Alertmanager, without `/api/v2`. */
      readonly url: string;
      /** Bearer token; never shown. */
      readonly token?: string;
    };

/**
 * Reads `lakehouse.slo.notificationTargets`. Nothing but these addresses is ever
 * sent to, whatever a definition says.
 *
 * @throws InputError that names the field which can't be used
 */
export function readNotificationTargets(
  config: Config,
): NotificationTargetConfig[] {
  const section = config.getOptionalConfig(SECTION);
  return (section?.keys() ?? []).map(name => {
    const path = `${SECTION}.${name}`;
    if (RESERVED.includes(name)) {
      throw new InputError(
        `${path}: '${name}' always means a person or team of the catalog. Give the target another name.`,
      );
    }
    return readTarget(name, config.getConfig(path), path);
  });
}

function readTarget(
  name: string,
  target: Config,
  path: string,
): NotificationTargetConfig {
  const type = target.getString('type');
  const url = readUrl(target, path);
  if (type === 'webhook') {
    const secret = target.getString('secret');
    if (secret.length < MIN_SECRET_LENGTH) {
      throw new InputError(
        `${path}.secret has ${secret.length} characters, with which signatures can be guessed. Use at least ${MIN_SECRET_LENGTH}, for example the output of: openssl rand -hex 32`,
      );
    }
    return { name, type, url, secret };
  }
  if (type === 'alertmanager') {
    return {
      name,
      type,
      url: url.replace(/\/+$/, ''),
      token: target.getOptionalString('token'),
    };
  }
  throw new InputError(
    `${path}.type is '${type}'. Write webhook or alertmanager.`,
  );
}

function readUrl(target: Config, path: string): string {
  const text = target.getString('url');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(
      `${path}.url is no web address. Write one such as https://hooks.example.com/slo.`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `${path}.url has a user name or password in it, which would reach logs. Use 'secret' or 'token' instead.`,
    );
  }
  const isOpen = url.protocol === 'http:' && !LOOPBACK.test(url.hostname);
  if (isOpen && !target.getOptionalBoolean('allowPlainHttp')) {
    throw new InputError(
      `${path}.url is plain http, which anyone between can read. Use https, or set allowPlainHttp: true where the network is trusted.`,
    );
  }
  return text;
}
