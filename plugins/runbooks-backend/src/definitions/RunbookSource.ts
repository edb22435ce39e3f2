/** Where the text of a runbook file is. */
export type RunbookPlace =
  | { readonly type: 'text'; readonly text: string }
  /** On this machine; only what the config names. */
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'url'; readonly url: string }
  /** Nowhere, for this reason. */
  | { readonly type: 'none'; readonly problem: string };

/** A runbook file that something names. */
export interface RunbookSource {
  /** How it is called where its problems are told. */
  readonly location: string;
  readonly place: RunbookPlace;
}

/** Whether a text is the address of something on a server. */
export function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}
