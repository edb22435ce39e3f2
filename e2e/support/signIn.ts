import type { Page } from '@playwright/test';
import type { PersonName } from './Person';

/** Opens a page as one of the people of the example catalog. */
export async function openAs(
  page: Page,
  person: PersonName,
  path: string,
): Promise<void> {
  await page.addInitScript(
    name => window.sessionStorage.setItem('lakehouse-ops-demo-person', name),
    person,
  );
  await page.goto(path);
}
