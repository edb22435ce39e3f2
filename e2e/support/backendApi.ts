import type { Page } from '@playwright/test';
import { required } from './superset';

/** The backend's API, asked as the person who is signed in. */
export class BackendApi {
  readonly #authorization: () => string | undefined;

  /** Begin before the page is opened: the person's token is taken from what the app itself asks. */
  static of(page: Page): BackendApi {
    let authorization: string | undefined;
    page.on('request', request => {
      authorization = request.headers().authorization ?? authorization;
    });
    return new BackendApi(() => authorization);
  }

  private constructor(authorization: () => string | undefined) {
    this.#authorization = authorization;
  }

  async get<T>(path: string): Promise<T> {
    const authorization = this.#authorization();
    if (!authorization) throw new Error('The app has asked nothing yet.');
    const response = await fetch(
      `${required('E2E_BACKEND_URL')}/api/lakehouse/${path}`,
      { headers: { authorization } },
    );
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return response.json();
  }
}
