// Registering applications in the back office.
import { expect, type Page } from "@playwright/test";

import type { Application } from "./application.js";

export interface Wanted {
  name: string;
  redirectUris: string[];
  afterSignOut?: string[];
  /** In the words of the form, beside the account's identifier. */
  scopes?: string[];
}

/** What the application is to be told. */
export interface Told {
  clientId: string;
  secret: string;
}

/** Registers a confidential application; `page`, an administrator's, stays where it is shown what it needs. */
export async function register(page: Page, wanted: Wanted): Promise<Told> {
  await page.goto("/applications/new");
  await page.getByLabel("Name", { exact: true }).fill(wanted.name);
  await page.getByLabel("Redirect URIs", { exact: true }).fill(wanted.redirectUris.join("\n"));
  await page.getByLabel("Redirect URIs after sign-out").fill((wanted.afterSignOut ?? []).join("\n"));
  for (const scope of wanted.scopes ?? []) {
    await page.getByRole("checkbox", { name: scope }).check();
  }
  await page.getByRole("button", { name: "Create application" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `“${wanted.name}” is registered` })).toBeVisible();
  const clientId = await page.getByText(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/).innerText();
  const secret = await page.getByText(/^mtx_/).innerText();
  return { clientId, secret };
}

/** Registers that very application, and tells it what it needs. */
export async function registered(page: Page, application: Application, name: string): Promise<void> {
  const told = await register(page, {
    name,
    redirectUris: [application.callback],
    afterSignOut: [application.signedOut],
    scopes: ["See your name and your language", "See your e-mail address, and whether it is confirmed"],
  });
  application.register({ issuer: new URL(page.url()).origin, scope: "openid profile email", ...told });
}
