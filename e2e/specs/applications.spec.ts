import { expect, type Page } from "@playwright/test";

import { test, type Application } from "../support/application.js";
import { register, registered } from "../support/applications.js";
import { administrator, createUser, enter, signIn, visit, type Person } from "../support/people.js";
import { prove, tenMinutesLater } from "../support/proof.js";

const ida: Person = { name: "Ida Rhodes", email: "ida@example.org", password: "calendars by computation" };
const frances: Person = { name: "Frances Spence", email: "frances.spence@example.org", password: "programs for the ENIAC" };
const kay: Person = { name: "Kay McNulty", email: "kay@example.org", password: "trajectories at midnight" };

test("an application is registered, and told what it needs", async ({ page, context, application }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await enter(page, administrator);
  await page.getByRole("link", { name: "Applications", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Applications" })).toBeFocused();
  await page.getByRole("link", { name: "New application" }).click();

  await page.getByLabel("Redirect URIs", { exact: true }).fill(`${application.callback}\nhttp://app.example/callback`);
  await page.getByRole("button", { name: "Create application" }).click();
  await expect(page.getByText("Enter a name.")).toBeVisible();
  await expect(page.getByText(/^Each must be whole and without a fragment/)).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();

  await page.getByLabel("Name", { exact: true }).fill("Time sheets");
  await page.getByLabel("Redirect URIs", { exact: true }).fill(`${application.callback}\n\nhttps://app.example/callback`);
  await page.getByRole("checkbox", { name: "See accounts and their roles" }).check();
  await page.getByText("Public", { exact: true }).click();
  await expect(page.getByRole("checkbox", { name: "See accounts and their roles" })).toBeHidden();
  await page.getByText("Confidential", { exact: true }).click();
  await page.getByRole("button", { name: "Create application" }).click();

  const shown = page.getByRole("region", { name: "Copy the secret of “Time sheets” now" });
  await expect(shown.getByRole("heading")).toBeFocused();
  const secret = await shown.getByText(/^mtx_/).innerText();
  await shown.getByRole("button", { name: "Copy the secret" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);

  await page.getByRole("link", { name: "See its settings" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Time sheets" })).toBeVisible();
  await expect(page.getByText(secret)).toBeHidden();
  const settings = page.getByRole("region", { name: "Settings" });
  await expect(settings.getByLabel("Redirect URIs", { exact: true })).toHaveValue(`${application.callback}\nhttps://app.example/callback`);
  await settings.getByLabel("Name", { exact: true }).fill("Time cards");
  await settings.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Time cards" })).toBeVisible();
  await page.getByRole("link", { name: "All applications" }).click();
  await expect(page.getByRole("row", { name: "Time cards" })).toContainText("app.example");
});

test("a secret is changed without a break", async ({ page }) => {
  await enter(page, administrator);
  const { secret } = await register(page, { name: "Room booking", redirectUris: ["https://rooms.example/callback"] });
  await page.getByRole("link", { name: "See its settings" }).click();
  const secrets = page.getByRole("region", { name: "Secrets" });
  await expect(secrets.getByRole("listitem")).toHaveCount(1);
  await secrets.getByRole("button", { name: "New secret" }).click();
  const shown = page.getByRole("region", { name: "Copy the secret of “Room booking” now" });
  await expect(shown.getByText(/^mtx_/)).not.toHaveText(secret);
  await expect(secrets.getByRole("listitem")).toHaveCount(2);
  await expect(secrets.getByRole("button", { name: "New secret" })).toBeHidden();
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(shown).toBeHidden();
  await secrets.getByRole("button", { name: "Delete secret" }).first().click();
  const question = page.getByRole("dialog", { name: "Delete this secret of “Room booking”?" });
  await question.getByRole("button", { name: "Delete secret" }).click();
  await expect(page.getByText("The secret is deleted")).toBeVisible();
  await expect(secrets.getByRole("listitem")).toHaveCount(1);
});

test("neither a proof nor another language takes away what is on the page", async ({ page }) => {
  await enter(page, administrator);
  const { secret } = await register(page, { name: "Lost property", redirectUris: ["https://lost.example/callback"] });
  await page.getByRole("link", { name: "See its settings" }).click();
  const secrets = page.getByRole("region", { name: "Secrets" });
  await expect(secrets.getByRole("listitem")).toHaveCount(1);
  await tenMinutesLater(page, "/api/core/v1/admin/clients/*/secrets");
  await secrets.getByRole("button", { name: "New secret" }).click();
  await prove(page, administrator);
  const shown = page.getByText(/^mtx_/);
  await expect(shown).not.toHaveText(secret);
  await expect(secrets.getByRole("listitem")).toHaveCount(2);

  const name = page.locator("[name=name]");
  await name.fill("Found property");
  await page.getByRole("button", { name: "Account menu" }).click();
  const kept = page.waitForResponse("**/api/core/v1/me");
  await page.getByText("Français").click();
  await kept;
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect(name).toHaveValue("Found property");
  await expect(shown).toBeVisible();
  await page.getByText("English").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(name).toHaveValue("Found property");
  await expect(shown).toBeVisible();
  await page.keyboard.press("Escape");

  await tenMinutesLater(page, "/api/core/v1/admin/clients/*");
  await page.getByRole("button", { name: "Delete application" }).click();
  const question = page.getByRole("dialog", { name: "Delete “Lost property”?" });
  await question.getByRole("button", { name: "Delete application" }).click();
  await prove(page, administrator);
  await expect(page.getByRole("heading", { level: 1, name: "Applications" })).toBeVisible();
  await expect(page.getByRole("row", { name: "Lost property" })).toBeHidden();
});

test("people sign in to an application, which asks them once", async ({ page, browser, application }) => {
  await enter(page, administrator);
  await page.goto("/users");
  await createUser(page, ida);
  await registered(page, application, "Reading room");

  const theirs = await visit(browser);
  await theirs.goto(`${application.url}/sign-in`);
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(theirs, ida);
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in to Reading room?" })).toBeVisible();
  const asked = theirs.getByRole("main");
  await expect(asked.getByRole("listitem")).toHaveText([
    "Recognise you by your account’s identifier",
    "See your name and your language",
    "See your e-mail address, and whether it is confirmed",
  ]);
  await expect(asked).toContainText(ida.email);
  await expect(asked).toContainText(`you go on to ${new URL(application.url).host}.`);
  await theirs.getByRole("button", { name: "Allow" }).click();
  await expectAt(theirs, application, `Signed in as ${ida.name} (${ida.email}).`);

  // A second time, nothing is asked.
  await theirs.goto(`${application.url}/sign-in`);
  await expectAt(theirs, application, `Signed in as ${ida.name} (${ida.email}).`);
  await theirs.goto(`${application.url}/sign-in?prompt=none`);
  await expectAt(theirs, application, `Signed in as ${ida.name} (${ida.email}).`);

  // Where it wants to be asked, one can still refuse.
  await theirs.goto(`${application.url}/sign-in?prompt=consent`);
  await theirs.getByRole("button", { name: "Deny" }).click();
  await expectAt(theirs, application, "Not signed in: access_denied.");

  await theirs.goto("/account");
  const access = theirs.getByRole("region", { name: "Applications with access" });
  await expect(access.getByRole("listitem")).toContainText("See your name and your language");
  await access.getByRole("button", { name: "Withdraw the access of Reading room" }).click();
  const question = theirs.getByRole("dialog", { name: "Withdraw the access of Reading room?" });
  await question.getByRole("button", { name: "Withdraw" }).click();
  await expect(theirs.getByText("Reading room has no access any more")).toBeVisible();
  await expect(access.getByText("No application has access")).toBeVisible();
  await theirs.goto(`${application.url}/sign-in?prompt=none`);
  await expectAt(theirs, application, "Not signed in: consent_required.");
  await theirs.goto(`${application.url}/sign-in`);
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in to Reading room?" })).toBeVisible();
});

test("an application can insist on who is there, and people on another account", async ({ page, browser, application }) => {
  await enter(page, administrator);
  await page.goto("/users");
  await createUser(page, frances);
  await registered(page, application, "Payroll");

  const theirs = await visit(browser);
  await theirs.goto(`${application.url}/sign-in?prompt=none`);
  await expectAt(theirs, application, "Not signed in: login_required.");

  await enter(theirs, frances);
  await theirs.goto(`${application.url}/sign-in?prompt=login`);
  const proof = theirs.getByRole("dialog", { name: "Confirm that it’s you" });
  await expect(proof).toBeVisible();
  await theirs.keyboard.press("Escape");
  await expect(theirs.getByRole("heading", { level: 1, name: "Is it you?" })).toBeVisible();
  await theirs.getByRole("main").getByRole("button", { name: "Confirm", exact: true }).click();
  await proof.getByLabel("Current password").fill(frances.password);
  await proof.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in to Payroll?" })).toBeVisible();

  await theirs.getByRole("button", { name: "Use another account" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(theirs, administrator);
  await expect(theirs.getByRole("main")).toContainText(administrator.email);
  await theirs.getByRole("button", { name: "Allow" }).click();
  await expectAt(theirs, application, `Signed in as ${administrator.name} (${administrator.email}).`);
});

test("who signs out of an application is signed out here as well", async ({ page, browser, application }) => {
  await enter(page, administrator);
  await page.goto("/users");
  await createUser(page, kay);
  await registered(page, application, "Library");
  const theirs = await visit(browser);
  const come = async (): Promise<void> => {
    await theirs.goto(`${application.url}/sign-in?prompt=consent`);
    await signIn(theirs, kay);
    await theirs.getByRole("button", { name: "Allow" }).click();
    await expectAt(theirs, application, `Signed in as ${kay.name} (${kay.email}).`);
  };

  await come();
  await theirs.goto(`${application.url}/sign-out`);
  await expect(theirs.locator("body")).toHaveText("Signed out of the application. State: see-you");
  await theirs.goto("/account");
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  // Without the proof of whose session it is, the person is asked.
  await come();
  await theirs.goto(`${application.url}/sign-out?without-hint`);
  await expect(theirs.getByRole("heading", { level: 1, name: "Library: sign out of Matrice too?" })).toBeVisible();
  await theirs.getByRole("link", { name: "Stay signed in" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: `Welcome, ${kay.name}` })).toBeVisible();
  await theirs.goto(`${application.url}/sign-out?without-hint`);
  await theirs.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(theirs.locator("body")).toHaveText("Signed out of the application. State: see-you");

  await theirs.goto("/sign-out");
  await expect(theirs.getByRole("heading", { level: 1, name: "You are signed out" })).toBeVisible();
});

test("nobody is sent where an application has no business", async ({ page, application }) => {
  await enter(page, administrator);
  const { clientId } = await register(page, { name: "Impostor", redirectUris: ["https://app.example/callback"] });
  for (const [query, reason] of [
    [`client_id=${clientId}&redirect_uri=${encodeURIComponent(application.callback)}`, "has not registered the address"],
    [`client_id=nobody&redirect_uri=${encodeURIComponent(application.callback)}`, "is not known here"],
    ["", "is not known here"],
  ] as const) {
    await page.goto(`/authorize?response_type=code&scope=openid&prompt=none&${query}`);
    await expect(page.getByRole("heading", { level: 1, name: "This application can’t sign you in" })).toBeVisible();
    await expect(page.getByRole("alert").filter({ hasText: reason })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe("/authorize");
  }
});

test("a disabled application signs nobody in, and a deleted one is gone", async ({ page, application }) => {
  await enter(page, administrator);
  await registered(page, application, "Canteen");
  await page.getByRole("link", { name: "See its settings" }).click();
  const address = page.url();
  const withdrawal = page.getByRole("region", { name: "Withdrawal" });
  await withdrawal.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("dialog", { name: "Disable “Canteen”?" }).getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("“Canteen” is disabled")).toBeVisible();
  await page.goto(`${application.url}/sign-in`);
  await expect(page.getByRole("heading", { level: 1, name: "This application can’t sign you in" })).toBeVisible();

  await page.goto(address);
  await withdrawal.getByRole("button", { name: "Enable" }).click();
  await page.getByRole("dialog", { name: "Enable “Canteen”?" }).getByRole("button", { name: "Enable" }).click();
  await expect(page.getByText("“Canteen” is enabled")).toBeVisible();
  await page.goto(`${application.url}/sign-in`);
  await expect(page.getByRole("heading", { level: 1, name: "Sign in to Canteen?" })).toBeVisible();

  await page.goto(address);
  await withdrawal.getByRole("button", { name: "Delete application" }).click();
  const question = page.getByRole("dialog", { name: "Delete “Canteen”?" });
  await expect(question).toContainText("Nobody can sign in to Canteen with Matrice any more");
  await question.getByRole("button", { name: "Delete application" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Applications" })).toBeVisible();
  await expect(page.getByRole("row", { name: "Canteen" })).toBeHidden();
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1, name: "No such application" })).toBeVisible();
});

/** The browser is back at the application, which says so. */
async function expectAt(page: Page, application: Application, text: string): Promise<void> {
  await expect(page.locator("body")).toHaveText(text);
  expect(page.url()).toBe(`${application.url}/`);
}
