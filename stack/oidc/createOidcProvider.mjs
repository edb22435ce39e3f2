import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';
import { PEOPLE } from './people.mjs';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * An OpenID Connect provider that asks who one is and believes it; everyone has agreed to
 * everything.
 *
 * @param {{ issuer: string, clientId: string, clientSecret: string, redirectUris: string[] }} options
 */
export function createOidcProvider(options) {
  const { issuer, clientId, clientSecret, redirectUris } = options;
  return new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username'],
    },
    // Backstage reads the claims of the ID token as well as those of the user info.
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, id) => findAccount(id),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: async () => true,
    loadExistingGrant: context => grantAll(context),
    pkce: { required: () => false },
    ttl: {
      AccessToken: HOUR_SECONDS,
      Grant: DAY_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      RefreshToken: DAY_SECONDS,
      Session: DAY_SECONDS,
    },
  });
}

function findAccount(id) {
  const person = PEOPLE.find(each => each.id === id);
  return (
    person && {
      accountId: id,
      claims: () => ({
        sub: id,
        name: person.name,
        preferred_username: id,
        email: person.email,
        email_verified: true,
      }),
    }
  );
}

async function grantAll({ oidc }) {
  const grant = new oidc.provider.Grant({
    clientId: oidc.client.clientId,
    accountId: oidc.session.accountId,
  });
  grant.addOIDCScope('openid profile email offline_access');
  await grant.save();
  return grant;
}
