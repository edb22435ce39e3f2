/** A way to where more is known, made from a template of the config. @public */
export interface ExternalLink {
  readonly title: string;
  /** http or https. */
  readonly url: string;
}
