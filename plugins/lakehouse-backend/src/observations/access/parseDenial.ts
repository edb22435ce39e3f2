/** What a refusal of Trino's access control tells. */
export interface Denial {
  readonly table?: string;
  /** What was refused, in Trino's words without names: `select from columns`. */
  readonly action?: string;
  /** What access control added: the rule or the policy. */
  readonly rule?: string;
}

const PREFIX = /^(?:[\w.]*AccessDeniedException: )?Access Denied: /;

/**
 * The sentences of Trino 476's AccessDeniedException that name a table, each
 * with the action in its first group and the table in its second. The first
 * that fits counts: those with more words come first.
 */
const OF_TABLES = [
  /^Cannot (select from columns|update columns) \[.*?\] in (?:branch .+? in )?(?:table or view|table) (.+)$/,
  /^Cannot ((?:select|delete) from|insert into) branch .+? in table (.+)$/,
  /^Cannot (select from|delete from|insert into|truncate|show columns of|create|drop|(?:add|drop|alter|rename) a column (?:to|from|for|in)) table (.+)$/,
  /^Cannot ((?:create|drop|refresh) (?:materialized )?view) (.+)$/,
  /^Cannot (show create table) for (.+)$/,
  /^Cannot ((?:set table properties|comment (?:table|view|column|materialized view)) to) (.+)$/,
  /^Cannot (set properties of materialized view) (.+)$/,
  /^Cannot (rename (?:table|view|materialized view)) from (.+?) to .+$/,
  /^Cannot (set authorization for (?:table|view)) (.+?) to .+$/,
  /^Cannot ((?:grant|deny|revoke) privilege \w+) on (?:branch .+? in )?table (.+)$/,
  /^Cannot (execute table procedure \S+) on (.+)$/,
];

/** Those that name something else. */
const OF_OTHERS = [
  /^User \S+ (cannot impersonate user) /,
  /^Principal .+? (cannot become user) /,
  /^Cannot ((?:set system|set catalog) session property) /,
  /^Cannot (access catalog|(?:create|drop|rename|show create|show tables of) schema|(?:create|drop) catalog) /,
  /^Cannot (execute procedure \S+|execute function \S+)/,
  /^Cannot ((?:create|drop|set) role|(?:grant|revoke) roles) /,
];

/** `View owner 'alice' cannot create view that selects from iceberg.gold.sales` */
const VIEW_OF =
  /^View owner '.*?' cannot (create view that selects from) (?:branch .+? in )?(.+)$/;

/**
 * Reads who was refused what out of Trino's message, which is the only place
 * that tells it: the event of a refused query names no tables.
 */
export function parseDenial(message: string): Denial {
  if (!PREFIX.test(message)) return {};
  const [firstLine] = message.replace(PREFIX, '').split('\n');
  const { sentence, rule } = splitRule(firstLine.trim());
  for (const pattern of [...OF_TABLES, VIEW_OF]) {
    const found = pattern.exec(sentence);
    if (found) {
      const [, action, table] = found;
      // "drop a column from table" says no more than "drop a column".
      return {
        table,
        action: action.replace(/(?<= a column) \w+$| to$/, ''),
        rule,
      };
    }
  }
  for (const pattern of OF_OTHERS) {
    const found = pattern.exec(sentence);
    if (found) return { action: found[1].replace(/^cannot /, ''), rule };
  }
  const plain = /^Cannot (.+)$/.exec(sentence);
  return { action: plain ? plain[1] : sentence, rule };
}

/** Trino joins what access control adds with a colon; names hold none followed by a space. */
function splitRule(sentence: string): { sentence: string; rule?: string } {
  const colon = sentence.indexOf(': ');
  if (colon < 0) return { sentence };
  return {
    sentence: sentence.slice(0, colon),
    rule: sentence.slice(colon + 2).trim() || undefined,
  };
}
