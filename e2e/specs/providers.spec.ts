import { expect, test, type Page } from "@playwright/test";

import { expectAccessibleInBothThemes } from "../support/accessibility.js";
import { linkOf, openMail } from "../support/mail.js";
import { administrator, createUser, elsewhere, enter, signIn, visit, type Person } from "../support/people.js";
import { atExampleId, atGitHub, begin, continueWith, linkedAccounts, type Account } from "../support/providers.js";
import { answer, turnOn } from "../support/second-factor.js";

const barbara: Account = { sub: "barbara", name: "Barbara Simons", email: "barbara.simons@example.org", email_verified: true };
const frances: Account = { sub: "42", name: "Frances Allen", email: "frances@example.org", email_verified: true };
const ruth: Person = { name: "Ruth Teitelbaum", email: "ruth@example.org", password: "patch cables by the hundred" };
const marlyn: Person = { name: "Marlyn Meltzer", email: "marlyn@example.org", password: "banburismus in hut eight" };

test("an account is made with a provider, and signed in to with it again", async ({ page, browser }) => {
  const theirs = await visit(browser);
  await atExampleId(theirs, barbara);
  await theirs.goto("/sign-up");
  await continueWith(theirs, "Example ID");
  await expectWelcome(theirs, barbara.name);
  // Nothing of the provider's answer is left.
  await expect(theirs).toHaveURL(/:\d+\/$/);
  await theirs.getByRole("button", { name: "Account menu" }).click();
  await theirs.getByRole("button", { name: "Sign out" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  await theirs.goto("/account");
  await continueWith(theirs, "Example ID");
  await expect(theirs.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
  await expect(linkedAccounts(theirs).getByRole("listitem")).toContainText(barbara.email);
  await expect(theirs.getByRole("region", { name: "E-mail address" }).getByText("Confirmed", { exact: true })).toBeVisible();

  // There is no password yet: what takes one says so, and a mailed link brings one.
  const password = theirs.getByRole("region", { name: "Password" });
  await expect(password.getByText("Your account has no password")).toBeVisible();
  await theirs.getByRole("button", { name: "Delete my account" }).click();
  const dialog = theirs.getByRole("dialog", { name: "Delete your account?" });
  await expect(dialog.getByText("your account has none")).toBeVisible();
  await expectAccessibleInBothThemes(theirs);
  await dialog.getByRole("button", { name: "Send me the link" }).click();
  await expect(dialog.getByText(`A mail is on its way to ${barbara.email}.`)).toBeVisible();
  await expectAccessibleInBothThemes(theirs);

  await enter(page, administrator);
  await openMail(page, barbara.email, "Your account is ready");
  await theirs.goto(await linkOf(await openMail(page, barbara.email, "Choose a new password")));
  await theirs.getByLabel("New password").fill("a tree that spans the graph");
  await theirs.getByRole("button", { name: "Change password" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(theirs, { ...barbara, password: "a tree that spans the graph" });
  await expectWelcome(theirs, barbara.name);
  await theirs.goto("/account");
  await expect(password.getByLabel("Current password")).toBeVisible();
});

test("GitHub signs in as well, whatever else is on", async ({ browser }) => {
  const theirs = await visit(browser);
  await atGitHub(theirs, frances);
  await theirs.goto("/sign-in");
  await continueWith(theirs, "GitHub");
  await expectWelcome(theirs, frances.name);
});

test("a provider is linked to an account that there is, and unlinked", async ({ page, browser }) => {
  await newPerson(page, ruth);
  // An address that nobody here has proven is no reason to let a provider's account in.
  const account: Account = { sub: "ruth", name: ruth.name, email: ruth.email, email_verified: true };
  const theirs = await visit(browser);
  await atExampleId(theirs, account);
  await theirs.goto("/sign-in");
  await continueWith(theirs, "Example ID");
  await expect(theirs.getByRole("heading", { level: 1, name: "You are not signed in" })).toBeFocused();
  await expect(theirs.getByText("An account here has your address.")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Try again" })).toBeHidden();
  await expectAccessibleInBothThemes(theirs);
  await theirs.getByRole("link", { name: "Sign in another way" }).click();
  await signIn(theirs, ruth);
  await expect(theirs.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();

  await expect(linkedAccounts(theirs).getByText("None yet.")).toBeVisible();
  await linkedAccounts(theirs).getByRole("button", { name: "Link Example ID", exact: true }).click();
  await expect(theirs.getByText("Linked. From now on you can sign in with it.")).toBeVisible();
  await expect(linkedAccounts(theirs).getByRole("listitem")).toContainText(`Example ID${ruth.email}`);
  await expect(linkedAccounts(theirs).getByRole("button", { name: "Link Example ID", exact: true })).toBeHidden();
  await expectAccessibleInBothThemes(theirs);
  await openMail(page, ruth.email, "You can sign in with Example ID");
  const there = await visit(browser);
  await there.goto("/sign-in");
  await continueWith(there, "Example ID");
  await expectWelcome(there, ruth.name);

  await linkedAccounts(theirs).getByRole("button", { name: `Unlink Example ID, ${ruth.email}` }).click();
  const question = theirs.getByRole("dialog", { name: `Unlink Example ID, ${ruth.email}?` });
  await expectAccessibleInBothThemes(theirs);
  await question.getByRole("button", { name: "Unlink" }).click();
  await expect(theirs.getByText(`Example ID, ${ruth.email} is unlinked`)).toBeVisible();
  await expect(linkedAccounts(theirs).getByText("None yet.")).toBeVisible();
  await openMail(page, ruth.email, "Example ID was removed from your account");
  const again = await visit(browser);
  await again.goto("/sign-in");
  await continueWith(again, "Example ID");
  await expect(again.getByText("An account here has your address.")).toBeVisible();
});

test("after the provider comes the second factor, and what one was going to", async ({ page, browser }) => {
  await newPerson(page, marlyn);
  const theirs = await elsewhere(browser, marlyn);
  await atExampleId(theirs, { sub: "marlyn", name: marlyn.name, email: "marlyn@elsewhere.example", email_verified: false });
  await theirs.goto("/account");
  await linkedAccounts(theirs).getByRole("button", { name: "Link Example ID", exact: true }).click();
  await expect(linkedAccounts(theirs).getByRole("listitem")).toContainText("marlyn@elsewhere.example");

  // The provider's word alone is a proof, as long as there is no second factor.
  await theirs.goto(await begin(theirs, "step_up"));
  await expect(theirs.getByText("Confirmed. Do again what you were about to do.")).toBeVisible();
  await expect(theirs.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
  const { app } = await turnOn(theirs);

  const there = await visit(browser);
  await there.goto("/account/activity");
  await continueWith(there, "Example ID");
  await expect(there.getByRole("heading", { level: 1, name: "One more step" })).toBeVisible();
  await answer(there, app.wrongCode());
  await expect(there.getByRole("alert")).toContainText("This code is wrong or has been used.");
  await answer(there, app.nextCode());
  await expect(there.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
});

test("whoever says no at the provider may think again, or go another way", async ({ page }) => {
  await atExampleId(page, null);
  await page.goto("/account");
  await continueWith(page, "Example ID");
  await expect(page.getByRole("heading", { level: 1, name: "You are not signed in" })).toBeVisible();
  await expect(page.getByText("The provider was not allowed to tell who you are.")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await atExampleId(page, { ...barbara, sub: "barbara-2", email_verified: false });
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The provider has not verified your e-mail address.")).toBeVisible();
  await page.getByRole("link", { name: "Sign in another way" }).click();
  await signIn(page, administrator);
  await expect(page.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
});

test("what another browser has begun is nobody’s way in", async ({ page, browser }) => {
  await page.goto("/sign-in/openid?code=c&state=mti_unknown");
  await expect(page.getByRole("heading", { level: 1, name: "This can’t be completed" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  const other = await visit(browser);
  await atExampleId(other, barbara);
  await other.goto("/sign-in");
  await page.goto(await begin(other, "sign_in"));
  await expect(page).toHaveURL(/\/sign-in\/openid\?/);
  await expect(page.getByRole("heading", { level: 1, name: "This can’t be completed" })).toBeVisible();
  await enter(page, administrator);
  await page.goto("/sign-in/openid?code=c&state=mti_unknown");
  await expect(page.getByRole("heading", { level: 1, name: "This can’t be completed" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole("link", { name: "Back to home" }).click();
  await expectWelcome(page, administrator.name);
});

test("the form waits for no provider, and stays where it is", async ({ page }) => {
  let answered = () => {};
  const answering = new Promise<void>((resolve) => (answered = resolve));
  await page.route("**/auth/identity-providers", async (route) => {
    await answering;
    await route.continue();
  });
  await page.goto("/sign-in");
  const field = page.getByLabel("E-mail address");
  await expect(page.getByRole("link", { name: "Create account" })).toBeVisible();
  const before = await field.boundingBox();
  answered();
  await expect(page.getByRole("button", { name: "Continue with Example ID" })).toBeVisible();
  expect(await field.boundingBox()).toEqual(before);
});

async function expectWelcome(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: `Welcome, ${name}` })).toBeVisible();
}

/** Makes an account; `page` is the administrator's afterwards. */
async function newPerson(page: Page, person: Person): Promise<void> {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, person);
}
