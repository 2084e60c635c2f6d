import { expect, test } from "@playwright/test";

import { administrator, createUser, elsewhere, enter, signIn, type Person } from "../support/people.js";
import { proofOf, prove, tenMinutesLater } from "../support/proof.js";

const grace: Person = { name: "Grace Hopper", email: "grace@example.org", password: "nanoseconds are short" };
const evelyn: Person = { name: "Evelyn Wood", email: "evelyn.wood@example.org", password: "two thousand words a minute" };
const alan: Person = { name: "Alan Turing", email: "alan@example.org", password: "can machines think, then" };

test.beforeEach(async ({ page }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
});

test("an account is created, found and sorted, all of it in the address", async ({ page }) => {
  await createUser(page, grace);
  await expect(page.getByText("Grace Hopper can now sign in")).toBeVisible();
  await expect(page.getByRole("row", { name: /Grace Hopper/ })).toContainText(grace.email);

  await page.getByRole("searchbox").fill("grace");
  await expect(page).toHaveURL(/q=grace/);
  await expect(page.getByRole("row", { name: /Ada Lovelace/ })).toBeHidden();
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("grace");
  await expect(page.getByRole("row", { name: /Grace Hopper/ })).toBeVisible();

  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("button", { name: "E-mail address" }).click();
  await expect(page.getByRole("columnheader", { name: "E-mail address" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("row").nth(1)).toContainText(administrator.email);
});

test("an address that is taken is said at its field", async ({ page }) => {
  await page.getByRole("button", { name: "New user" }).click();
  const dialog = page.getByRole("dialog", { name: "New user" });
  await dialog.getByLabel("Name").fill("Another Ada");
  await dialog.getByLabel("E-mail address").fill(administrator.email.toUpperCase());
  await dialog.getByLabel("Password", { exact: true }).fill("correct horse battery staple");
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog.getByText("Another account has this address.")).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue("Another Ada");
});

test("what has been typed stays through a proof, and while something else is read anew", async ({ page, browser }) => {
  await createUser(page, evelyn);
  await elsewhere(browser, evelyn);
  await page.getByRole("link", { name: evelyn.name }).click();
  const profile = page.getByRole("region", { name: "Profile" });
  const address = profile.getByLabel("E-mail address");
  await address.fill("e.wood@example.org");
  await tenMinutesLater(page, "/api/core/v1/users/*");
  await profile.getByRole("button", { name: "Save changes" }).click();
  await expect(proofOf(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(profile.getByRole("alert")).toContainText("you have not confirmed that it is you");
  await expect(address).toHaveValue("e.wood@example.org");

  const sessions = page.getByRole("region", { name: "Where it is signed in" });
  await sessions.getByRole("button", { name: /^End the session on / }).click();
  await expect(sessions.getByText("Nowhere at the moment.")).toBeVisible();
  await expect(address).toHaveValue("e.wood@example.org");

  await tenMinutesLater(page, "/api/core/v1/users/*");
  await profile.getByRole("button", { name: "Save changes" }).click();
  await prove(page, administrator);
  await expect(page.getByText("Changes saved")).toBeVisible();
  await expect(page.getByRole("region", { name: "Details" })).toBeVisible();
  await expect(address).toHaveValue("e.wood@example.org");
});

test("a locked account is thrown out at once, and let in again when unlocked", async ({ page, browser }) => {
  await createUser(page, alan);
  const theirs = await elsewhere(browser, alan);

  await page.getByRole("button", { name: "Lock Alan Turing" }).click();
  const question = page.getByRole("dialog", { name: "Lock Alan Turing’s account?" });
  await question.getByRole("button", { name: "Lock" }).click();
  await expect(page.getByText("Alan Turing’s account is locked")).toBeVisible();

  await theirs.getByRole("link", { name: "My account" }).first().click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(theirs, alan);
  await expect(theirs.getByRole("alert")).toContainText("This account is locked.");

  await page.getByRole("button", { name: "Unlock Alan Turing" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByRole("button", { name: "Lock Alan Turing", exact: true })).toBeVisible();
  await signIn(theirs, alan);
  // Back where they were thrown out.
  await expect(theirs.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
  // Without a role there is nothing to administer.
  await expect(theirs.getByRole("link", { name: "Users", exact: true })).toBeHidden();
  await theirs.goto("/users");
  await expect(theirs.getByText("You don’t have access to this")).toBeVisible();
});
