import {
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
  sign,
} from 'node:crypto';

/** Object identifiers in DER. Sources: RFC 5280, RFC 5758. */
const OID = {
  commonName: '0603550403',
  ecdsaWithSha256: '06082a8648ce3d040302',
  basicConstraints: '0603551d13',
  subjectAltName: '0603551d11',
};

const hex = (text: string) => Buffer.from(text, 'hex');

/** One DER element: tag, length, content. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80)
    return Buffer.concat([Buffer.from([tag, length]), content]);
  const digits = hex(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'));
  return Buffer.concat([
    Buffer.from([tag, 0x80 + digits.length]),
    digits,
    content,
  ]);
}

const sequence = (...contents: Buffer[]) => der(0x30, ...contents);
const name = (commonName: string) =>
  sequence(
    der(
      0x31,
      sequence(hex(OID.commonName), der(0x0c, Buffer.from(commonName))),
    ),
  );
const extension = (oid: string, value: Buffer) =>
  sequence(hex(oid), der(0x04, value));

const LOOPBACK = Buffer.from([127, 0, 0, 1]);

/** A certificate and its key in PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

function certify(options: {
  subject: string;
  issuer: { name: string; key: KeyObject };
  subjectKey: KeyObject;
  isCa: boolean;
}): TestCertificate {
  const algorithm = sequence(hex(OID.ecdsaWithSha256));
  const publicKey = createPublicKey(options.subjectKey).export({
    type: 'spki',
    format: 'der',
  });
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([options.isCa ? 1 : 2])),
    algorithm,
    name(options.issuer.name),
    sequence(
      der(0x18, Buffer.from('20200101000000Z')),
      der(0x18, Buffer.from('21200101000000Z')),
    ),
    name(options.subject),
    publicKey,
    der(
      0xa3,
      sequence(
        extension(
          OID.basicConstraints,
          sequence(...(options.isCa ? [der(0x01, Buffer.from([0xff]))] : [])),
        ),
        extension(OID.subjectAltName, sequence(der(0x87, LOOPBACK))),
      ),
    ),
  );
  const signature = sign('sha256', body, options.issuer.key);
  const certificate = sequence(
    body,
    algorithm,
    der(0x03, Buffer.from([0]), signature),
  );
  const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: options.subjectKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/**
 * Makes a CA of its own, and certificates for a server at 127.0.0.1 and a client, so
 * that no key needs to be kept with the tests.
 */
export function createTestCertificates(): {
  ca: TestCertificate;
  server: TestCertificate;
  client: TestCertificate;
} {
  const newKey = () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const caKey = newKey();
  const issuer = { name: 'Test CA', key: caKey };
  const ca = certify({
    subject: issuer.name,
    issuer,
    subjectKey: caKey,
    isCa: true,
  });
  const leaf = (subject: string) =>
    certify({ subject, issuer, subjectKey: newKey(), isCa: false });
  return { ca, server: leaf('trino'), client: leaf('lakehouse-ops') };
}
