import { z } from 'zod';
import { required } from './superset';

export type PersonName = 'olivia' | 'alice' | 'owen' | 'pia';

const SignedIn = z.object({
  backstageIdentity: z.object({ token: z.string() }),
});
const Rpc = z.object({
  result: z
    .object({
      isError: z.boolean().optional(),
      content: z.array(z.object({ text: z.string() })).optional(),
      tools: z.array(z.object({ name: z.string() })).optional(),
    })
    .optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** What the backend said, refusals included. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Somebody of the example catalog who asks the backend without a browser. */
export class Person {
  readonly #authorization: string;

  static async signIn(name: PersonName): Promise<Person> {
    const answer = await fetch(
      `${required('E2E_BACKEND_URL')}/api/auth/demo/refresh`,
      {
        headers: {
          'x-demo-person': name,
          'x-requested-with': 'XMLHttpRequest',
        },
      },
    );
    if (!answer.ok) {
      throw new Error(`${name} is not let in: ${await answer.text()}`);
    }
    const { backstageIdentity } = SignedIn.parse(await answer.json());
    return new Person(backstageIdentity.token);
  }

  private constructor(token: string) {
    this.#authorization = `Bearer ${token}`;
  }

  /** Of Lakehouse Ops, such as `slos/…`. */
  lakehouse(path: string): Promise<Answer> {
    return this.#send('GET', `/api/lakehouse/${path}`);
  }

  /** Of Runbooks; with a body it is posted. */
  runbooks(path: string, body?: object): Promise<Answer> {
    return this.#send(body ? 'POST' : 'GET', `/api/runbooks/${path}`, body);
  }

  /** The names of the tools that are offered over MCP. */
  async tools(): Promise<string[]> {
    const { result } = await this.#rpc('tools/list', {});
    return (result?.tools ?? []).map(({ name }) => name);
  }

  /** Calls a tool of Runbooks over MCP. */
  async call(
    tool: string,
    args: object,
  ): Promise<{ failed: boolean; text: string }> {
    const { result, error } = await this.#rpc('tools/call', {
      name: `runbooks.${tool}`,
      arguments: args,
    });
    return {
      failed: error !== undefined || result?.isError === true,
      text: error?.message ?? result?.content?.[0]?.text ?? '',
    };
  }

  async #rpc(method: string, params: object) {
    const { text } = await this.#send('POST', '/api/mcp-actions/v1', {
      jsonrpc: '2.0',
      id: 1,
      method,
      params,
    });
    const data = text.split('\n').find(line => line.startsWith('data:'));
    return Rpc.parse(JSON.parse(data?.slice('data:'.length) ?? text));
  }

  async #send(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${required('E2E_BACKEND_URL')}${path}`, {
      method,
      headers: {
        authorization: this.#authorization,
        accept: 'application/json, text/event-stream',
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  }
}
