// The people of the tests, and how they come and go.
import { expect, type Browser, type Page } from "@playwright/test";

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** Made by the set-up, in the first test. */
export const administrator: Person = {
  name: "Ada Lovelace",
  email: "ada@example.org",
  password: "correct horse battery staple",
};

export async function signIn(page: Page, person: Person): Promise<void> {
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Signs in and waits for home. */
export async function enter(page: Page, person: Person): Promise<void> {
  await page.goto("/");
  await signIn(page, person);
  await welcome(page, person);
}

/** Waits for somebody's home. */
export async function welcome(page: Page, person: Person): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: `Welcome, ${person.name}` })).toBeVisible();
}

/** Signs out, up to the sign-in page. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** Another browser, of a visitor. */
export async function visit(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  return context.newPage();
}

/** Another browser, of somebody who is signed in. */
export async function elsewhere(browser: Browser, person: Person): Promise<Page> {
  const page = await visit(browser);
  await enter(page, person);
  return page;
}

/** Makes the account that a link offers, which `page` must be at. */
export async function acceptAccount(page: Page, person: Person): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: "Finish creating your account" })).toBeVisible();
  await page.getByLabel("Name").fill(person.name);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Create my account" }).click();
}

/** Makes an account through the page of the users, which `page` must be at. */
export async function createUser(page: Page, person: Person): Promise<void> {
  await page.getByRole("button", { name: "New user" }).click();
  const dialog = page.getByRole("dialog", { name: "New user" });
  await dialog.getByLabel("Name").fill(person.name);
  await dialog.getByLabel("E-mail address").fill(person.email);
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog).toBeHidden();
}

/** The same from any page of the signed-in part; then they sign in, in a browser of their own. */
export async function newcomer(page: Page, browser: Browser, person: Person): Promise<Page> {
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, person);
  return elsewhere(browser, person);
}

/** Offers an account through the page of the users or of the invitations, which `page` must be at. */
export async function invite(page: Page, email: string, role?: string): Promise<void> {
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await dialog.getByLabel("E-mail address").fill(email);
  if (role) {
    await dialog.getByRole("checkbox", { name: role }).check();
  }
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog).toBeHidden();
}
