import { createServer } from 'node:http';
import { createOidcProvider } from './createOidcProvider.mjs';
import { PEOPLE } from './people.mjs';

const INTERACTION = /^\/interaction\/[\w-]+(?:\/([a-z]+))?$/;

/**
 * The provider with its sign-in page, as a server that does not listen yet.
 *
 * @param {{ issuer: string, clientId: string, clientSecret: string, redirectUris: string[] }} options
 */
export function createOidcServer(options) {
  const provider = createOidcProvider(options);
  const answerProtocol = provider.callback();
  return createServer(async (request, response) => {
    const [path] = request.url.split('?');
    const interaction = INTERACTION.exec(path);
    if (!interaction) {
      answerProtocol(request, response);
      return;
    }
    try {
      await answerInteraction({
        ...{ provider, request, response, path },
        person: interaction[1],
      });
    } catch (error) {
      // An interaction that is over, or of another browser.
      response.writeHead(400, { 'content-type': 'text/plain' });
      response.end(`${error.message}\nGo back and sign in again.\n`);
    }
  });
}

async function answerInteraction(options) {
  const { provider, request, response, path, person } = options;
  if (request.method === 'POST' && PEOPLE.some(({ id }) => id === person)) {
    await provider.interactionFinished(request, response, {
      login: { accountId: person },
    });
    return;
  }
  await provider.interactionDetails(request, response);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(signInPage(path));
}

function signInPage(path) {
  const buttons = PEOPLE.map(
    ({ id, name, email }) =>
      `<form method="post" action="${path}/${id}"><button>${name} (${email})</button></form>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sign in to the demo</title>
<style>body { font: 1.1rem sans-serif; margin: 3rem } button { font: inherit; margin: .3rem; padding: .6rem 1rem; min-width: 20rem }</style>
<h1>Who are you?</h1>
${buttons.join('\n')}
</html>
`;
}
