// The identity providers that the application knows, and who is at the keyboard there.
import { expect, type Locator, type Page } from "@playwright/test";

/** Somebody, as a provider knows them. */
export interface Account {
  sub: string;
  name: string;
  email: string;
  email_verified: boolean;
}

/** Puts somebody at the keyboard of the OpenID provider, which is called Example ID here; `null` says no. */
export async function atExampleId(page: Page, account: Account | null): Promise<void> {
  await tell(page, "MATRICE_OPENID_URL", "person", account);
}

/** Puts somebody at the keyboard of GitHub. */
export async function atGitHub(page: Page, account: Account): Promise<void> {
  const { sub, name, email, email_verified } = account;
  const emails = [{ email, primary: true, verified: email_verified, visibility: null }];
  await tell(page, "MATRICE_GITHUB_URL", "user", { user: { id: Number(sub), login: name.split(" ")[0], name }, emails });
}

async function tell(page: Page, variable: string, what: string, value: unknown): Promise<void> {
  const url = process.env[variable];
  expect(url, `${variable}: run \`cargo xtask test --only e2e\``).toBeTruthy();
  const answer = await page.request.post(`${url}/peer/${what}`, { data: Buffer.from(JSON.stringify(value)) });
  expect(answer.ok()).toBe(true);
}

/** Leaves for a provider, from where one signs in or up. */
export async function continueWith(page: Page, provider: string): Promise<void> {
  await page.getByRole("button", { name: `Continue with ${provider}` }).click();
}

/** The part of one's own account that they are linked in. */
export function linkedAccounts(page: Page): Locator {
  return page.getByRole("region", { name: "Linked accounts" });
}

/** Begins with the OpenID provider for some purpose, without its button; answers where the browser would be sent. */
export async function begin(page: Page, purpose: "sign_in" | "step_up"): Promise<string> {
  return page.evaluate(async (purpose) => {
    const body = JSON.stringify({ purpose, return_to: "/account" });
    const headers = { "Content-Type": "application/json" };
    const path = "/api/core/v1/auth/identity-providers/openid/authorization";
    const answer = await fetch(path, { method: "POST", headers, body });
    return (await answer.json()).authorization_url as string;
  }, purpose);
}
