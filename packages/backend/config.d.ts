export interface Config {
  permission?: {
    samplePolicy?: {
      /** Entity refs of the groups and users that may run and cancel runbooks. */
      operators?: string[];
      /** Entity refs of the groups and users that may approve what others start. */
      approvers?: string[];
    };
  };
  auth?: {
    providers?: {
      /** Sign in as a person of the example catalog, without a password. Works in development only. */
      demo?: {};
    };
  };
}
