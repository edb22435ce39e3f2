const MASK = '***';

/** A quoted or bare value. A quote that is not closed reaches to the end: a cut text hides its secrets too. */
const QUOTED = String.raw`''[^']*''|'(?:[^']|'')*'?|"(?:[^"\\]|\\[^]|"")*"?`;

const SECRET_NAME =
  'passw(?:or)?d|passphrase|pwd|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|encryption[_-]?key|signature|\\bsig\\b';

/** Spans are bounded, so that no text makes matching slow. */
const RULES: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
    MASK,
  ],
  // scheme://user:secret@host
  [/(:\/\/[^\s:/@'"]{0,200}:)[^\s@/'"]{1,500}@/g, `$1${MASK}@`],
  // jdbc:oracle:thin:user/secret@host
  [/(jdbc:oracle:\w{1,20}:[^\s/@'"]{0,200}\/)[^\s@'"]{1,500}@/gi, `$1${MASK}@`],
  [
    /(authorization["']?\s{0,8}[:=]\s{0,8}["']{0,2}(?:basic|bearer|token|negotiate)\s{1,8})[^\s'"]+/gi,
    `$1${MASK}`,
  ],
  [/\b(bearer\s{1,8})[\w\-.~+/]{12,}=*/gi, `$1${MASK}`],
  [
    new RegExp(
      `\\b(identified\\s{1,8}by\\s{1,8}(?:password\\s{1,8})?|password\\s{1,8})(?:${QUOTED})`,
      'gi',
    ),
    `$1'${MASK}'`,
  ],
  [
    /\b(identified\s{1,8}by\s{1,8})(?!password\b)[^\s'",;]{1,500}/gi,
    `$1${MASK}`,
  ],
  // name = 'value', "name": "value", name => 'value'
  [
    new RegExp(
      `((?:${SECRET_NAME})[\\w.\\-]{0,60}(?:["'\`]|'')?\\s{0,8}(?:=>|:=|[=:])\\s{0,8})(?:${QUOTED})`,
      'gi',
    ),
    `$1'${MASK}'`,
  ],
  // name=value, as in URLs and property lists
  [
    new RegExp(
      `((?:${SECRET_NAME})[\\w.\\-]{0,60}=)[^\\s'",;&()]{1,2000}`,
      'gi',
    ),
    `$1${MASK}`,
  ],
  // Tokens that tell by their looks what they are: AWS, JWT, GitHub, Slack, Google.
  [/\b(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA)[A-Z0-9]{16}\b/g, MASK],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{0,2000}/g, MASK],
  [/\b(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255})/g, MASK],
  [/\bxox[abeoprs]-[\w-]{10,255}/g, MASK],
  [/\bAIza[\w-]{35}/g, MASK],
];

/**
 * Replaces what looks like a secret in a query's text or an error message. It
 * errs on the side of masking: a text is there to be recognised, not to be run.
 */
export function maskSecrets(text: string): string {
  return RULES.reduce(
    (masked, [pattern, replacement]) => masked.replace(pattern, replacement),
    text,
  );
}
