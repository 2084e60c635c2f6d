import { expect, test, type Page } from "@playwright/test";

import { askForLink, linkOf, openMail } from "../support/mail.js";
import { administrator, createUser, elsewhere, enter, signIn, visit, type Person } from "../support/people.js";

const rosalind: Person = { name: "Rosalind Franklin", email: "rosalind@example.org", password: "photograph fifty-one" };
const barbara: Person = { name: "Barbara Liskov", email: "barbara@example.org", password: "one may stand for another" };

test("a forgotten password is replaced by the link of a mail", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, rosalind);

  const theirs = await elsewhere(browser, rosalind);
  const forgetful = await visit(browser);
  await forgetful.goto("/sign-in");
  await forgetful.getByRole("link", { name: "Forgotten your password?" }).click();
  await expect(forgetful.getByRole("heading", { level: 1, name: "Forgotten your password?" })).toBeFocused();
  await askForLink(forgetful, rosalind.email.toUpperCase());

  const link = await linkOf(await openMail(page, rosalind.email, "Choose a new password"));
  await forgetful.goto(link);
  await choose(forgetful, "too short");
  await expect(forgetful.getByText("Use at least 12 characters.")).toBeVisible();
  await choose(forgetful, "a helix of two strands");
  await expect(forgetful.getByText("Your password is changed. Sign in with it.")).toBeVisible();
  await expect(forgetful.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  await signIn(forgetful, rosalind);
  await expect(forgetful.getByRole("alert")).toContainText("The e-mail address or the password is wrong.");
  await signIn(forgetful, { ...rosalind, password: "a helix of two strands" });
  await expect(forgetful.getByRole("heading", { level: 1, name: `Welcome, ${rosalind.name}` })).toBeVisible();
  // Whoever was signed in with the old one is so no longer.
  await theirs.getByRole("link", { name: "My account" }).first().click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  // The link is spent, for somebody who is signed in as well.
  await forgetful.goto(link);
  await choose(forgetful, "a helix of three strands");
  await expect(forgetful.getByRole("heading", { level: 1, name: "This link no longer works" })).toBeVisible();
  await openMail(page, rosalind.email, "Your password was changed");
});

test("whoever is signed in and uses a link signs in again", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, barbara);
  const theirs = await elsewhere(browser, barbara);
  await askForLink(theirs, barbara.email);
  await theirs.goto(await linkOf(await openMail(page, barbara.email, "Choose a new password")));
  await choose(theirs, "abstraction by data, then");
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(theirs, { ...barbara, password: "abstraction by data, then" });
  await expect(theirs.getByRole("heading", { level: 1, name: `Welcome, ${barbara.name}` })).toBeVisible();

  // The same from the account's own page: only here does one stay signed in.
  const other = await elsewhere(browser, { ...barbara, password: "abstraction by data, then" });
  await theirs.goto("/account");
  await theirs.getByLabel("Current password").fill("not the current one");
  await theirs.getByLabel("New password").fill(barbara.password);
  await theirs.getByRole("button", { name: "Change password" }).click();
  await expect(theirs.getByText("This is not your current password.")).toBeVisible();
  await expect(theirs.getByLabel("Current password")).toBeFocused();
  await theirs.getByLabel("Current password").fill("abstraction by data, then");
  await theirs.getByRole("button", { name: "Change password" }).click();
  await expect(theirs.getByText("Password changed. You are signed out everywhere else.")).toBeVisible();
  await expect(theirs.getByLabel("New password")).toHaveValue("");
  await expect(theirs.getByRole("region", { name: "Where you are signed in" }).getByRole("listitem")).toHaveCount(1);
  await other.getByRole("link", { name: "My account" }).first().click();
  await expect(other.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(other, barbara);
  await expect(other.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
});

test("an address without an account is answered in the same words", async ({ page, browser }) => {
  await askForLink(await visit(browser), "nobody@example.org");
  await enter(page, administrator);
  await page.goto("/mail?recipient=nobody@example.org");
  await expect(page.getByText("No mail matches")).toBeVisible();
});

test("a link without its token says so", async ({ page }) => {
  await page.goto("/reset-password");
  await expect(page.getByRole("heading", { level: 1, name: "This link is incomplete" })).toBeVisible();
  await page.getByRole("link", { name: "Ask for another link" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Forgotten your password?" })).toBeVisible();
});

async function choose(page: Page, password: string): Promise<void> {
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
}
