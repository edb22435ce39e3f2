// Run by stack/services/oidc.mjs.
import { createOidcServer } from './createOidcServer.mjs';

const port = Number(process.env.STACK_OIDC_PORT);
const server = createOidcServer({
  issuer: `http://127.0.0.1:${port}`,
  clientId: process.env.STACK_OIDC_CLIENT_ID,
  clientSecret: process.env.STACK_OIDC_CLIENT_SECRET,
  redirectUris: process.env.STACK_OIDC_REDIRECT_URIS.split(' '),
});
// In a container, this machine is not where the browser is.
server.listen(port, process.env.STACK_OIDC_HOST ?? '127.0.0.1');
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
