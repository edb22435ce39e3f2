import { useState } from 'react';
import { Content, Page, ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  IdentityApi,
  useApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import {
  Card,
  CardActionArea,
  CardContent,
  Grid,
  makeStyles,
  Typography,
} from '@material-ui/core';

const STORAGE_KEY = 'lakehouse-ops-demo-person';

const useStyles = makeStyles(theme => ({
  root: { maxWidth: 880, margin: '0 auto', paddingTop: theme.spacing(8) },
  card: { height: '100%' },
  area: { height: '100%', display: 'flex', alignItems: 'flex-start' },
}));

/** Keeps the session of a demo person until they sign out. */
function forgetOnSignOut(identityApi: IdentityApi): IdentityApi {
  return {
    getBackstageIdentity: () => identityApi.getBackstageIdentity(),
    getCredentials: () => identityApi.getCredentials(),
    getProfileInfo: () => identityApi.getProfileInfo(),
    signOut: async () => {
      window.sessionStorage.removeItem(STORAGE_KEY);
      await identityApi.signOut();
    },
  };
}

/** Lets a person of the example catalog be chosen, to see what each may do. */
export const DemoSignIn = (props: SignInPageProps) => {
  const classes = useStyles();
  const config = useApi(configApiRef);
  const [person, setPerson] = useState(
    () => window.sessionStorage.getItem(STORAGE_KEY) ?? undefined,
  );

  if (person) {
    return (
      <ProxiedSignInPage
        provider="demo"
        headers={{ 'x-demo-person': person }}
        onSignInSuccess={identityApi =>
          props.onSignInSuccess(forgetOnSignOut(identityApi))
        }
      />
    );
  }

  const choose = (name: string) => {
    window.sessionStorage.setItem(STORAGE_KEY, name);
    setPerson(name);
  };
  const people = config.getOptionalConfigArray('app.demoPeople') ?? [];

  return (
    <Page themeId="home">
      <Content>
        <main className={classes.root}>
          <Typography variant="h3" component="h1" gutterBottom>
            {config.getOptionalString('app.title') ?? 'Backstage'}
          </Typography>
          <Typography paragraph color="textSecondary">
            This is a demo: choose who you are. No password is needed, and it
            works in development only.
          </Typography>
          <Grid container spacing={2}>
            {people.map(one => (
              <Grid item xs={12} sm={6} key={one.getString('name')}>
                <Card variant="outlined" className={classes.card}>
                  <CardActionArea
                    className={classes.area}
                    onClick={() => choose(one.getString('name'))}
                  >
                    <CardContent>
                      <Typography variant="h6" component="h2">
                        {one.getString('title')}
                      </Typography>
                      <Typography variant="body2" color="textSecondary">
                        {one.getString('description')}
                      </Typography>
                    </CardContent>
                  </CardActionArea>
                </Card>
              </Grid>
            ))}
          </Grid>
        </main>
      </Content>
    </Page>
  );
};
