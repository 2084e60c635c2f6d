import { expect, test, type Locator, type Page } from "@playwright/test";

import { expectAccessible } from "../support/accessibility.js";
import { administrator, createUser, elsewhere, enter, signIn, type Person } from "../support/people.js";
import { proofOf, prove, tenMinutesLater } from "../support/proof.js";
import { expectFocusOnList } from "../support/screen.js";

const grace: Person = { name: "Grace Hopper", email: "grace@example.org", password: "nanoseconds are short" };
const evelyn: Person = { name: "Evelyn Wood", email: "evelyn.wood@example.org", password: "two thousand words a minute" };
const lynn: Person = { name: "Lynn Conway", email: "lynn@example.org", password: "objects all the way down" };
const jean: Person = { name: "Jean Bartik", email: "jean.bartik@example.org", password: "a stored program for ENIAC" };
const carol: Person = { name: "Carol Shaw", email: "carol@example.org", password: "a river without an end" };
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

test("locking is undone by a press", async ({ page }) => {
  await createUser(page, lynn);
  await page.getByRole("button", { name: `Lock ${lynn.name}`, exact: true }).click();
  await page.getByRole("dialog", { name: `Lock ${lynn.name}’s account?` }).getByRole("button", { name: "Lock" }).click();
  await expect(page.getByRole("button", { name: `Unlock ${lynn.name}` })).toBeVisible();
  await expectFocusOnList(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`${lynn.name}’s account is unlocked`)).toBeVisible();
  await expect(page.getByRole("button", { name: `Lock ${lynn.name}`, exact: true })).toBeVisible();
  await expectFocusOnList(page);
});

test("whoever was slower loads the latest version", async ({ page, context }) => {
  await createUser(page, jean);
  await page.getByRole("link", { name: jean.name }).click();
  const name = (at: Page): Locator => at.getByRole("region", { name: "Profile" }).getByLabel("Name");
  await expect(name(page)).toHaveValue(jean.name);
  const other = await context.newPage();
  await other.goto(page.url());
  await name(other).fill("Betty Jean Bartik");
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect(other.getByText("Changes saved")).toBeVisible();

  await name(page).fill("Jean Jennings");
  await page.getByRole("button", { name: "Save changes" }).click();
  const conflict = page.getByRole("alert").filter({ hasText: "Somebody else has changed this in the meantime" });
  await expect(conflict).toBeVisible();
  await expect(name(page)).toHaveValue("Jean Jennings");
  await conflict.getByRole("button", { name: "Load the latest version" }).click();
  await expect(name(page)).toHaveValue("Betty Jean Bartik");
  await expect(conflict).toBeHidden();
  await expect(page.getByRole("heading", { level: 1, name: "Betty Jean Bartik" })).toBeFocused();
});

test("a press beside a form takes away nothing that was typed", async ({ page }) => {
  const dialog = page.getByRole("dialog", { name: "New user" });
  const open = page.getByRole("button", { name: "New user" });
  await open.click();
  const box = (await dialog.boundingBox())!;
  // As on its own scrollbar, which belongs to no part of it.
  await dialog.dispatchEvent("mousedown", { clientX: box.x + box.width - 3, clientY: box.y + 40 });
  await expect(dialog.getByLabel("Name")).toBeVisible();
  await page.mouse.click(5, 5);
  await expect(dialog).toBeHidden();

  await open.click();
  await dialog.getByLabel("Name").fill("Half a name");
  await page.mouse.click(5, 5);
  await dialog.getByLabel("E-mail address").click();
  await expect(dialog.getByLabel("Name")).toHaveValue("Half a name");
  const asking = page.waitForEvent("dialog");
  const reloading = page.reload();
  const question = await asking;
  expect(question.type()).toBe("beforeunload");
  await question.accept();
  await reloading;
  await expect(dialog).toBeHidden();
});

test("an account or an application that isn’t there, or isn’t for one, has a page that says so", async ({ page, browser }) => {
  await createUser(page, carol);
  const nowhere = "01890a5d-ac96-774b-bcce-b302099a8057";
  await page.goto(`/users/${nowhere}`);
  await expect(page.getByRole("heading", { level: 1, name: "This account does not exist" })).toBeVisible();
  await page.goto(`/applications/${nowhere}`);
  await expect(page.getByRole("heading", { level: 1, name: "No such application" })).toBeVisible();
  await page.goto("/users");
  await page.route("**/api/core/v1/users/*", (route) => route.fulfill({ status: 500 }), { times: 1 });
  await page.getByRole("link", { name: carol.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: "User", exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: carol.name })).toBeFocused();

  const theirs = await elsewhere(browser, carol);
  for (const [path, heading] of [["users", "User"], ["applications", "Application"]] as const) {
    await theirs.goto(`/${path}/${nowhere}`);
    await expect(theirs.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible();
    await expect(theirs.getByText("You don’t have access to this")).toBeVisible();
    await expect(theirs).toHaveTitle(`${heading} · Matrice`);
    await expectAccessible(theirs);
  }
});
