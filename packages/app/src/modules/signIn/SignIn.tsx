import { SignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { DemoSignIn } from './DemoSignIn';
import { oidcAuthApiRef } from './oidcAuthApiRef';

/** The sign-in page that app.signInProvider asks for. */
export const SignIn = (props: SignInPageProps) => {
  const config = useApi(configApiRef);
  if (config.getOptionalString('app.signInProvider') === 'demo') {
    return <DemoSignIn {...props} />;
  }
  return (
    <SignInPage
      {...props}
      auto
      provider={{
        id: 'oidc',
        title: 'OpenID Connect',
        message: 'Sign in with your organisation’s account',
        apiRef: oidcAuthApiRef,
      }}
    />
  );
};
