import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createPaths, STACK_DIR } from '../lib/paths.mjs';
import { readSettings } from '../lib/settings.mjs';
import { trinoVariables } from './trino.mjs';

const etc = join(STACK_DIR, 'trino', 'etc');
const read = file => readFileSync(join(etc, file), 'utf8');
const settings = readSettings({ env: {}, uid: 1000, home: '/home/ada' });
const variables = trinoVariables({
  settings,
  paths: createPaths(settings),
  secrets: {
    trinoKeystorePassword: 'k',
    trinoSharedSecret: 's',
    ingestToken: 't',
  },
});

describe("Trino's configuration files", () => {
  const files = readdirSync(etc, { recursive: true }).filter(file =>
    file.endsWith('.properties'),
  );

  it('refer only to variables that Trino is started with', () => {
    const used = files.flatMap(file =>
      [...read(file).matchAll(/\$\{ENV:(\w+)\}/g)].map(([, name]) => name),
    );
    assert.deepEqual([...new Set(used)].sort(), Object.keys(variables).sort());
  });

  it('leave no variable without a value', () => {
    for (const [name, value] of Object.entries(variables)) {
      assert.equal(typeof value, 'string', name);
      assert.notEqual(value, '', name);
    }
  });

  it('hold no secret', () => {
    for (const file of files) {
      assert.doesNotMatch(
        read(file),
        /(password|secret|key)=(?!\$\{ENV:)\S+/i,
        file,
      );
    }
  });

  it('select only resource groups that exist', () => {
    const { rootGroups, selectors } = JSON.parse(read('resource-groups.json'));
    const names = rootGroups.flatMap(({ name, subGroups = [] }) => [
      name,
      ...subGroups.map(sub => `${name}.${sub.name}`),
    ]);
    for (const { group } of selectors) {
      assert.ok(names.includes(group), group);
    }
    assert.equal(Object.keys(selectors.at(-1)).join(), 'group');
  });

  it('let admin and lakehouse-ops kill, and monitor not', () => {
    const { queries } = JSON.parse(read('rules.json'));
    const allowed = user =>
      queries.find(
        rule =>
          rule.queryOwner === undefined &&
          new RegExp(`^(${rule.user ?? '.*'})$`).test(user),
      ).allow;
    assert.ok(allowed('admin').includes('kill'));
    assert.ok(allowed('lakehouse-ops').includes('kill'));
    assert.deepEqual(allowed('monitor'), ['execute', 'view']);
    assert.deepEqual(allowed('alice'), ['execute']);
  });
});
