import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** Request header in which the sign-in page names the chosen person. */
const PERSON_HEADER = 'x-demo-person';

const PERSON_PATTERN = /^[a-z][a-z0-9-]{0,62}$/;

const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize: () => ({ enabled: process.env.NODE_ENV === 'development' }),
  async authenticate({ req }, { enabled }) {
    if (!enabled) {
      throw new NotAllowedError(
        'Signing in without a password works only in development. Configure auth.providers.oidc and set app.signInProvider to oidc.',
      );
    }
    const person = req.header(PERSON_HEADER);
    if (!person || !PERSON_PATTERN.test(person)) {
      throw new AuthenticationError(
        `Name the person to sign in as in the header ${PERSON_HEADER}.`,
      );
    }
    return { result: { person } };
  },
});

/**
 * Lets a person of the example catalog be chosen on the sign-in page, without a
 * password, in development only: what each may do can be tried side by side.
 */
export const authModuleDemoProvider = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        if (!config.has('auth.providers.demo')) return;
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            signInResolver: ({ result }, ctx) =>
              ctx.signInWithCatalogUser({
                entityRef: `user:default/${result.person}`,
              }),
          }),
        });
      },
    });
  },
});
