/** The part of `rison` that is used; the package brings no types. */
declare module 'rison' {
  export function encode(value: unknown): string;
}
