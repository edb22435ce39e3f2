/** An expression in brackets, on lines of its own: one that ends with a comment would take the bracket with it. */
export function bracketed(expression: string): string {
  return `(\n${indented(expression)}\n)`;
}

/** A function of an expression. */
export function call(name: string, ...args: readonly string[]): string {
  return `${name}(\n${args.map(indented).join(',\n')}\n)`;
}

/** Text as a literal of PromQL. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/** A number as PromQL reads it, without the noise of binary fractions. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(15)));
}

function indented(text: string): string {
  // Lines within a raw string would change with their indentation.
  if (text.includes('`')) return text;
  return text
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n');
}
