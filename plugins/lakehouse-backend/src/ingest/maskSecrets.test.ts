import { maskSecrets } from './maskSecrets';
import { prepareQueryText } from './queryText';

const SECRET = 'hunter2-XyZ';

describe('maskSecrets', () => {
  it.each([
    ['a password in quotes', `SET SESSION x.password = '${SECRET}'`],
    ['an unquoted password', `password=${SECRET}`],
    [
      'a property of WITH',
      `WITH (location = 's3://b/x', "hive.metastore.password" = '${SECRET}')`,
    ],
    ['a hyphenated key', `WITH ("s3.aws-secret-key"='${SECRET}')`],
    ['a named argument', `CALL x.y(secret_key => '${SECRET}')`],
    ['JSON', `{"client_secret": "${SECRET}", "a": 1}`],
    ['JSON in a literal', `VALUES '{"password":"${SECRET}"}'`],
    [
      'doubled quotes',
      `EXECUTE IMMEDIATE 'ALTER USER x PASSWORD = ''${SECRET}'''`,
    ],
    ['an escaped quote', `password = 'it''s ${SECRET}'`],
    ['a quote that is not closed', `password = '${SECRET} and the text ends`],
    [
      'a JDBC url',
      `jdbc:postgresql://db:5432/x?user=a&password=${SECRET}&ssl=true`,
    ],
    ['user and password of a url', `https://alice:${SECRET}@example.com/x`],
    ['an Oracle url', `jdbc:oracle:thin:scott/${SECRET}@//db:1521/x`],
    ['a bearer token', `Authorization: Bearer ${SECRET}abcdef`],
    ['a basic header', `"Authorization": "Basic ${SECRET}="`],
    ['IDENTIFIED BY', `CREATE USER x IDENTIFIED BY '${SECRET}'`],
    ['IDENTIFIED BY without quotes', `CREATE USER x IDENTIFIED BY ${SECRET};`],
    ['PASSWORD without a sign', `CREATE ROLE x LOGIN PASSWORD '${SECRET}'`],
    ['a signed url', `https://x.example.com/a?sig=${SECRET}&x=1`],
    ['a token', `session_token='${SECRET}'`],
    ['an api key', `api_key: '${SECRET}'`],
    [
      'a private key',
      `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n-----END RSA PRIVATE KEY-----`,
    ],
    ['a private key that is cut', `-----BEGIN PRIVATE KEY-----\n${SECRET}`],
  ])('masks %s', (_, text) => {
    const masked = maskSecrets(text);
    expect(masked).not.toContain(SECRET);
    expect(masked).toContain('***');
  });

  it.each([
    ['AKIAIOSFODNN7EXAMPLE'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.dozjgNryP4J3jVmNHl0w5N_XgL0'],
    ['ghp_0123456789abcdefghijABCDEFGHIJ012345'],
    ['xoxb-123456789012-abcdefghijkl'],
    [`AIza${'Sy0123456789abcdefghijklmnopqrstuvw'}`],
  ])('masks %s, which tells by its looks what it is', token => {
    expect(maskSecrets(`select '${token}'`)).toBe("select '***'");
  });

  it.each([
    ['select count(*) from orders where orderkey = 12'],
    ["select 'bearer of news', basic, secretary from staff"],
    ['select max_tokens from models where tokens > 5'],
    ["ALTER TABLE x EXECUTE optimize(file_size_threshold => '100MB')"],
    ['select * from "password" p join tokens t on p.id = t.id'],
  ])('leaves %s as it is', text => {
    expect(maskSecrets(text)).toBe(text);
  });

  it('keeps what is around a secret', () => {
    expect(
      maskSecrets(
        `CREATE CATALOG x WITH (user = 'a', password = 'b''c', url = 'd')`,
      ),
    ).toBe(`CREATE CATALOG x WITH (user = 'a', password = '***', url = 'd')`);
  });

  it.each([
    ['letters', 'a'.repeat(200_000)],
    ['quotes', "'".repeat(200_000)],
    ['names of secrets', 'password'.repeat(25_000)],
    ['spaces', `password${' '.repeat(200_000)}`],
    ['colons', '://a:'.repeat(40_000)],
    ['tokens', 'eyJaaaaaaaa.'.repeat(20_000)],
    ['keys that do not end', '-----BEGIN PRIVATE KEY-----'.repeat(2_000)],
  ])('is not slowed down by many %s', (_, text) => {
    const started = performance.now();
    maskSecrets(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('prepareQueryText', () => {
  it('cuts after masking, so that no half secret stands at the end', () => {
    const { text, truncated } = prepareQueryText(
      `${'x'.repeat(80)} password = '${SECRET}'`,
      97,
    );
    expect(text).toBe(`${'x'.repeat(80)} password = '***'`);
    expect(text).not.toContain('hunter');
    expect(truncated).toBe(true);
  });

  it('tells that a short text is whole', () => {
    expect(prepareQueryText('select 1')).toEqual({
      text: 'select 1',
      truncated: false,
    });
  });
});
