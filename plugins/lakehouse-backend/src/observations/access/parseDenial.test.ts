import { isAccessControlOutage } from './isAccessControlOutage';
import { parseDenial } from './parseDenial';

describe('parseDenial', () => {
  it.each([
    [
      // OPA, count(*): no column is asked for.
      'Cannot select from columns [] in table or view tpch.tiny.customer',
      { action: 'select from columns', table: 'tpch.tiny.customer' },
    ],
    [
      'Cannot select from columns [a, b.c] in table or view iceberg.gold.daily sales',
      { action: 'select from columns', table: 'iceberg.gold.daily sales' },
    ],
    [
      'Cannot select from columns [id] in branch audit in table iceberg.gold.x',
      { action: 'select from columns', table: 'iceberg.gold.x' },
    ],
    [
      'Cannot select from table hive.web.hits: Relation not found or not allowed',
      {
        action: 'select from',
        table: 'hive.web.hits',
        rule: 'Relation not found or not allowed',
      },
    ],
    [
      'Cannot insert into table iceberg.gold.x: policy 42 (finance)',
      {
        action: 'insert into',
        table: 'iceberg.gold.x',
        rule: 'policy 42 (finance)',
      },
    ],
    [
      'Cannot delete from branch b in table c.s.t',
      { action: 'delete from', table: 'c.s.t' },
    ],
    [
      'Cannot update columns [a, b] in table c.s.t',
      { action: 'update columns', table: 'c.s.t' },
    ],
    ['Cannot create table c.s.t', { action: 'create', table: 'c.s.t' }],
    ['Cannot drop table c.s.t', { action: 'drop', table: 'c.s.t' }],
    ['Cannot truncate table c.s.t', { action: 'truncate', table: 'c.s.t' }],
    [
      'Cannot show columns of table c.s.t',
      { action: 'show columns of', table: 'c.s.t' },
    ],
    [
      'Cannot show create table for c.s.t',
      { action: 'show create table', table: 'c.s.t' },
    ],
    [
      'Cannot add a column to table c.s.t',
      { action: 'add a column', table: 'c.s.t' },
    ],
    [
      'Cannot drop a column from table c.s.t',
      { action: 'drop a column', table: 'c.s.t' },
    ],
    [
      'Cannot rename a column in table c.s.t',
      { action: 'rename a column', table: 'c.s.t' },
    ],
    [
      'Cannot rename table from c.s.t to c.s.u',
      { action: 'rename table', table: 'c.s.t' },
    ],
    [
      'Cannot set table properties to c.s.t',
      { action: 'set table properties', table: 'c.s.t' },
    ],
    [
      'Cannot comment column to c.s.t',
      { action: 'comment column', table: 'c.s.t' },
    ],
    ['Cannot create view c.s.v', { action: 'create view', table: 'c.s.v' }],
    [
      'Cannot refresh materialized view c.s.v',
      { action: 'refresh materialized view', table: 'c.s.v' },
    ],
    [
      "View owner 'alice smith' cannot create view that selects from c.s.t",
      { action: 'create view that selects from', table: 'c.s.t' },
    ],
    [
      'Cannot grant privilege SELECT on table c.s.t',
      { action: 'grant privilege SELECT', table: 'c.s.t' },
    ],
    [
      'Cannot execute table procedure OPTIMIZE on c.s.t',
      { action: 'execute table procedure OPTIMIZE', table: 'c.s.t' },
    ],
    [
      'Cannot execute procedure system.runtime.kill_query',
      { action: 'execute procedure system.runtime.kill_query' },
    ],
    ['Cannot execute query', { action: 'execute query' }],
    ['Cannot kill query', { action: 'kill query' }],
    ['Cannot access catalog hive', { action: 'access catalog' }],
    ['Cannot show tables of schema c.s', { action: 'show tables of schema' }],
    [
      'Cannot set system session property query_max_run_time',
      { action: 'set system session property' },
    ],
    [
      'User bob cannot impersonate user root: no rule',
      { action: 'impersonate user', rule: 'no rule' },
    ],
    [
      'Principal bob@EXAMPLE.COM cannot become user root',
      { action: 'become user' },
    ],
    ['What no version says yet', { action: 'What no version says yet' }],
  ])('%s', (sentence, expected) => {
    expect(parseDenial(`Access Denied: ${sentence}`)).toEqual(expected);
  });

  it('reads the first line only, and the name of the exception away', () => {
    expect(
      parseDenial(
        'io.trino.spi.security.AccessDeniedException: Access Denied: Cannot drop table a.b.c\n\tat io.trino',
      ),
    ).toEqual({ action: 'drop', table: 'a.b.c' });
  });

  it.each(['', 'line 1:1: Column x cannot be resolved', 'denied'])(
    'tells nothing of %j',
    message => expect(parseDenial(message)).toEqual({}),
  );

  it('stays quick on a message made to be slow', () => {
    const hostile = `Access Denied: Cannot select from columns [${'] in branch '.repeat(
      2_000,
    )}`;
    expect(parseDenial(hostile).table).toBeUndefined();
  });
});

describe('isAccessControlOutage', () => {
  it.each([
    ['Failed to query OPA backend', true],
    ['Failed to deserialize OPA policy response', true],
    [
      'OPA policy named trino/allow did not return a value (or does not exist)',
      true,
    ],
    ['OPA server returned status 503 when processing policy x: ', true],
    [
      "Invalid JSON file '/etc/rules.json' for 'class io.trino.plugin.base.security.FileBasedSystemAccessControlRules'",
      true,
    ],
    ["Invalid JSON file '/etc/x.json' for 'class Other'", false],
    ['Compiler failed', false],
    ['Failed to query the opal backend', false],
    ['', false],
  ])('%j: %s', (message, expected) => {
    expect(isAccessControlOutage(message)).toBe(expected);
  });
});
