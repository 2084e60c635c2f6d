import { expect, test } from "@playwright/test";

import { linkOf, openMail } from "../support/mail.js";
import { acceptAccount, administrator, elsewhere, enter, invite, visit, type Person } from "../support/people.js";
import { expectFocusOnList } from "../support/screen.js";

const dorothy: Person = { name: "Dorothy Vaughan", email: "dorothy@example.org", password: "what I could change" };
const mary: Person = { name: "Mary Jackson", email: "mary@example.org", password: "wind tunnels are loud" };

const SUBJECT = `${administrator.name} invites you to Matrice`;

test.beforeEach(async ({ page }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
});

test("whoever is invited gets an account with the roles offered", async ({ page, browser }) => {
  await invite(page, dorothy.email, "auditor");
  await expect(page.getByText(`An invitation is on its way to ${dorothy.email}`)).toBeVisible();
  await page.getByRole("link", { name: "Invitations" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invitations" })).toBeFocused();
  const row = page.getByRole("row", { name: dorothy.email });
  await expect(row).toContainText("auditor");
  await expect(row).toContainText(administrator.name);
  await expect(row).toContainText(/in \d days/);

  const theirs = await visit(browser);
  await theirs.goto(await linkOf(await openMail(page, dorothy.email, SUBJECT)));
  await acceptAccount(theirs, dorothy);
  await expect(theirs.getByRole("heading", { level: 1, name: `Welcome, ${dorothy.name}` })).toBeVisible();

  await page.goto("/users/invitations");
  await expect(page.getByText("No open invitations")).toBeVisible();
  await page.getByRole("link", { name: "Accounts" }).click();
  await expect(page.getByRole("row", { name: dorothy.name })).toContainText("auditor");

  // An auditor sees who is invited, and invites nobody.
  await theirs.getByRole("link", { name: "Users", exact: true }).click();
  await theirs.getByRole("link", { name: "Invitations" }).click();
  await expect(theirs.getByText("No open invitations")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Invite", exact: true })).toBeHidden();
});

test("an invitation that is withdrawn is good no longer", async ({ page, browser }) => {
  await invite(page, mary.email);
  const link = await linkOf(await openMail(page, mary.email, SUBJECT));

  // Somebody who is signed in is told whose pages they would leave.
  await page.goto(link);
  await expect(page.getByText(`You are signed in as ${administrator.name}.`)).toBeVisible();

  await page.goto("/users/invitations");
  await page.getByRole("button", { name: `Withdraw the invitation to ${mary.email}` }).click();
  const question = page.getByRole("dialog", { name: `Withdraw the invitation to ${mary.email}?` });
  await question.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByText(`The invitation to ${mary.email} is withdrawn`)).toBeVisible();
  await expect(page.getByRole("row", { name: mary.email })).toBeHidden();
  await expectFocusOnList(page);

  const theirs = await visit(browser);
  await theirs.goto(link);
  await acceptAccount(theirs, mary);
  await expect(theirs.getByRole("heading", { level: 1, name: "This link no longer works" })).toBeVisible();
});

test("whoever is signed in and accepts an invitation goes on with the new account", async ({ page, browser }) => {
  await invite(page, mary.email);
  const theirs = await elsewhere(browser, dorothy);
  await theirs.goto(await linkOf(await openMail(page, mary.email, SUBJECT)));
  await expect(theirs.getByText(`You are signed in as ${dorothy.name}.`)).toBeVisible();
  await acceptAccount(theirs, mary);
  await expect(theirs.getByRole("heading", { level: 1, name: `Welcome, ${mary.name}` })).toBeVisible();
  // Dorothy's rights are not Mary's.
  await expect(theirs.getByRole("link", { name: "Users", exact: true })).toBeHidden();
});

test("an address with an account is said at its field", async ({ page }) => {
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Invite somebody" });
  await dialog.getByLabel("E-mail address").fill(administrator.email);
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog.getByText("Another account has this address.")).toBeVisible();
  await expect(dialog.getByLabel("E-mail address")).toBeFocused();
});
