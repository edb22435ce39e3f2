import { z } from 'zod';

const Login = z.object({ access_token: z.string() });
const Csrf = z.object({ result: z.string() });
const Charts = z.object({
  result: z.array(z.object({ id: z.number(), slice_name: z.string() })),
});
const Databases = z.object({
  result: z.array(z.object({ id: z.number(), database_name: z.string() })),
});
const Created = z.object({ id: z.number() });
const AlertLog = z.object({
  result: z.array(
    z.object({ state: z.string(), end_dttm: z.string().nullable() }),
  ),
});

/** What a test does in Superset itself, as its administrator. */
export class SupersetAdmin {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  static async signIn(): Promise<SupersetAdmin> {
    const url = required('STACK_SUPERSET_URL');
    const login = await json(
      await fetch(`${url}/api/v1/security/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          username: 'admin',
          password: required('STACK_SUPERSET_ADMIN_PASSWORD'),
          provider: 'db',
          refresh: true,
        }),
      }),
      Login,
    );
    const bearer = { authorization: `Bearer ${login.access_token}` };
    const answer = await fetch(`${url}/api/v1/security/csrf_token/`, {
      headers: bearer,
    });
    const cookie = answer.headers
      .getSetCookie()
      .map(each => each.split(';')[0])
      .join('; ');
    const { result } = await json(answer, Csrf);
    return new SupersetAdmin(url, {
      ...bearer,
      cookie,
      'x-csrftoken': result,
      referer: url,
      'content-type': 'application/json',
    });
  }

  private constructor(url: string, headers: Record<string, string>) {
    this.#url = url;
    this.#headers = headers;
  }

  /** Computes a chart, so that its answer is in the cache. */
  async warm(chartId: number): Promise<void> {
    await this.#call(z.unknown(), 'PUT', '/api/v1/chart/warm_up_cache', {
      chart_id: chartId,
    });
  }

  /** Charts of a dashboard by name. */
  async charts(dashboard: string): Promise<Map<string, number>> {
    const { result } = await this.#call(
      Charts,
      'GET',
      `/api/v1/dashboard/${dashboard}/charts`,
    );
    return new Map(
      result.map((chart): [string, number] => [chart.slice_name, chart.id]),
    );
  }

  /** Makes an alert that fires whenever it is evaluated, every minute. @returns its id */
  async createFiringAlert(name: string, chart: number): Promise<number> {
    const databases = await this.#call(Databases, 'GET', '/api/v1/database/');
    const shop = databases.result.find(each => each.database_name === 'shop');
    if (!shop) throw new Error("Superset has no database 'shop'.");
    const { id } = await this.#call(Created, 'POST', '/api/v1/report/', {
      type: 'Alert',
      name,
      active: true,
      crontab: '* * * * *',
      timezone: 'UTC',
      chart,
      database: shop.id,
      sql: 'SELECT 3',
      validator_type: 'operator',
      validator_config_json: { op: '<', threshold: 5 },
      recipients: [
        {
          type: 'Email',
          recipient_config_json: { target: 'on-call@example.com' },
        },
      ],
      report_format: 'TEXT',
      grace_period: 60,
      working_timeout: 60,
    });
    return id;
  }

  /** When an alert first fired, as its log tells; undefined while it has not. */
  async firedAt(alertId: number): Promise<Date | undefined> {
    const { result } = await this.#call(
      AlertLog,
      'GET',
      `/api/v1/report/${alertId}/log/`,
    );
    const first = result.filter(({ state }) => state === 'Success').at(-1);
    return first?.end_dttm ? new Date(`${first.end_dttm}Z`) : undefined;
  }

  async remove(alertId: number): Promise<void> {
    await this.#call(z.unknown(), 'DELETE', `/api/v1/report/${alertId}`);
  }

  async #call<T>(
    shape: z.ZodType<T>,
    method: string,
    path: string,
    body?: object,
  ): Promise<T> {
    return json(
      await fetch(`${this.#url}${path}`, {
        method,
        headers: this.#headers,
        body: body && JSON.stringify(body),
      }),
      shape,
    );
  }
}

async function json<T>(response: Response, shape: z.ZodType<T>): Promise<T> {
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`Superset: ${response.status} ${text.slice(0, 300)}`);
  }
  return shape.parse(JSON.parse(text));
}

/** A variable of `node stack/cli.mjs env`. */
export function required(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set: run npm run test:e2e`);
  return value;
}
