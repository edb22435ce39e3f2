import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../cli';

const directory = mkdtempSync(join(tmpdir(), 'lint-'));

const GOOD = `apiVersion: lakehouse-ops.io/v1
kind: Runbook
metadata: { name: look, title: Look, description: Looks. }
spec:
  risk: low
  docs: When it has to be looked at.
  target: { system: demo, connection: demo, kind: thing, name: thing }
  steps:
    - id: look
      title: Look
      check: demo:look
      input: { name: thing }
      assert: output.good
`;

function write(name: string, content: string): string {
  const file = join(directory, name);
  writeFileSync(file, content);
  return file;
}

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(['lint', ...args], {
    out: line => out.push(line),
    err: line => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('runbooks lint', () => {
  const good = write('good.yaml', GOOD);
  const bad = write('bad.yaml', GOOD.replace('assert:', 'asert:'));

  it('has nothing to say of a good file', async () => {
    expect(await run(good)).toEqual({
      code: 0,
      out: '',
      err: '1 file, 0 errors, 0 warnings',
    });
  });

  it('tells file, line, column, field and what is wrong', async () => {
    const { code, out, err } = await run(good, bad);
    expect(code).toBe(1);
    expect(out).toContain(
      `${bad}:13:7 error spec.steps[0].asert There is no field 'asert' here. Did you mean 'assert'?`,
    );
    expect(err).toBe('2 files, 2 errors, 0 warnings');
  });

  it('writes JSON and commands of GitHub', async () => {
    const json = await run(bad, '--format', 'json');
    expect(JSON.parse(json.out)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ source: bad, line: 13, column: 7 }),
      ]),
    );
    const github = await run(bad, '--format', 'github');
    expect(github.out).toContain(
      `::error file=${bad},line=13,col=7,title=spec.steps[0].asert::There is no field`,
    );
    const evil = write('evil,a:b.yaml', `a: 1\n"x\\n::error::": 2\n`);
    const lines = (await run(evil, '--format', 'github')).out.split('\n');
    expect(
      lines.every(line =>
        /^::error file=[^,:]*%2Ca%3Ab\.yaml,line=\d/.test(line),
      ),
    ).toBe(true);
  });

  it('takes warnings for no errors', async () => {
    const odd = write('odd.yaml', GOOD.replace(/ {2}docs: .*\n/, ''));
    const { code, out } = await run(odd);
    expect(code).toBe(0);
    expect(out).toMatch(/:4:1 warning spec There are no docs/);
  });

  it('checks actions when it is told which there are', async () => {
    const item = {
      id: 'demo:look',
      title: 'Look',
      description: '',
      verb: 'Look',
      risk: 'low',
      attributes: { readOnly: true, destructive: false, idempotent: true },
      parametersSchema: {
        type: 'object',
        properties: { thing: { type: 'string' } },
        additionalProperties: false,
      },
    };
    const actions = write('actions.json', JSON.stringify({ items: [item] }));
    const { code, out } = await run(good, '--actions', actions);
    expect(code).toBe(1);
    expect(out).toContain('spec.steps[0].input.name');
    const none = write('none.json', '[]');
    expect((await run(good, '--actions', none)).out).toContain(
      "no action 'demo:look'",
    );
    expect(await run(good, '--actions', bad)).toMatchObject({ code: 2 });
  });

  it('finds files by folders and patterns, and names that are taken', async () => {
    mkdirSync(join(directory, 'deep/er'), { recursive: true });
    write('deep/one.yaml', GOOD);
    write('deep/er/two.yml', GOOD);
    write('deep/er/notes.md', 'no');
    const folder = await run(join(directory, 'deep'));
    expect(folder.code).toBe(1);
    expect(folder.out).toMatch(
      /Both .*two.yml and this file are called 'look'/,
    );
    expect(folder.err).toMatch(/^2 files/);
    expect((await run(join(directory, 'deep/*.yaml'))).err).toMatch(/^1 file,/);
    expect((await run(join(directory, '**/t*o.y*l'))).err).toMatch(/^1 file,/);
    expect((await run(join(directory, '*/one.yaml'))).err).toMatch(/^1 file,/);
  });

  it('draws flowcharts', async () => {
    const { code, out } = await run(good, '--flowchart');
    expect(code).toBe(0);
    expect(out).toMatch(/^flowchart TD\n/);
    expect((await run(bad, '--flowchart')).code).toBe(1);
  });

  it('prints the schema', async () => {
    const { out } = await run('--schema');
    expect(JSON.parse(out)).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['metadata', 'spec']),
    });
  });

  it('refuses files that are too large without reading them whole', async () => {
    const large = write('large.yaml', 'x'.repeat(1_000_000));
    expect((await run(large)).out).toContain('more than the 262144');
  });

  it.each<[string, string[], string]>([
    ['no files', [], 'No files were named'],
    ['a file that is not there', [join(directory, 'no.yaml')], 'no file'],
    ['a pattern for nothing', [join(directory, '*.none')], 'no file'],
    [
      'a format that is none',
      [join(directory, 'good.yaml'), '--format', 'x'],
      'format',
    ],
  ])('exits with 2 for %s', async (_, args, said) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });
});
