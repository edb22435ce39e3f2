export interface Config {
  app?: {
    /**
     * How people sign in: `oidc` through auth.providers.oidc, or `demo`, which
     * lets a person of the example catalog be chosen and works in development only.
     *
     * @visibility frontend
     */
    signInProvider?: 'demo' | 'oidc';
    /** Shown on the demo sign-in page. */
    demoPeople?: Array<{
      /**
       * Name of the User entity.
       *
       * @visibility frontend
       */
      name: string;
      /** @visibility frontend */
      title: string;
      /**
       * What the person does and may do.
       *
       * @visibility frontend
       */
      description: string;
    }>;
  };
}
