import { expect, test } from "@playwright/test";

import { expectAccessibleInBothThemes } from "../support/accessibility.js";
import { administrator, createUser, elsewhere, enter, newcomer, type Person } from "../support/people.js";
import { demand, demandOf } from "../support/second-factor.js";

const erna: Person = { name: "Erna Hoover", email: "erna@example.org", password: "calls are switched by priority" };
const adele: Person = { name: "Adele Goldberg", email: "adele@example.org", password: "windows that overlap on a desk" };

test("a role demands a second factor, of who has it already as well", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, erna);
  await page.getByRole("link", { name: erna.name }).click();
  await page.getByRole("checkbox", { name: "auditor" }).check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Changes saved")).toBeVisible();

  // Who may see the roles, but change nothing about them.
  const theirs = await elsewhere(browser, erna);
  await theirs.getByRole("link", { name: "Roles", exact: true }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Roles" })).toBeFocused();
  const auditor = theirs.getByRole("listitem").filter({ has: theirs.getByRole("heading", { level: 2, name: "auditor" }) });
  await expect(auditor).toContainText("Sees accounts and roles, changes nothing");
  await expect(auditor).toContainText("Yours");
  await expect(auditor.getByRole("list", { name: "What it permits" }).getByRole("listitem")).toHaveText([
    "See roles and what they allow",
    "Read the security log",
    "See accounts and their roles",
  ]);
  await expect(auditor).toContainText("Two-step sign-in optional");
  await expect(theirs.getByRole("switch")).toHaveCount(0);
  await expectAccessibleInBothThemes(theirs);

  await page.getByRole("link", { name: "Roles", exact: true }).click();
  const toggle = demandOf(page, "auditor");
  await expect(toggle).not.toBeChecked();
  await toggle.focus();
  await page.keyboard.press("Space");
  const question = page.getByRole("dialog", { name: "Require two-step sign-in of the role “auditor”?" });
  await expect(question).toContainText("is asked to turn one on before anything else");
  await expect(question).not.toContainText("You are one of those");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await expect(toggle).not.toBeChecked();
  await page.keyboard.press("Space");
  await question.getByRole("button", { name: "Require it" }).click();
  await expect(page.getByText("The role “auditor” now requires two-step sign-in")).toBeVisible();
  await expect(question).toBeHidden();
  await expect(toggle).toBeChecked();
  await expect(toggle).toBeFocused();
  await expectAccessibleInBothThemes(page);

  await theirs.getByRole("link", { name: "Security" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Turn on two-step sign-in" })).toBeVisible();
  await demand(page, "auditor", false);
  await theirs.reload();
  await expect(theirs.getByRole("heading", { level: 1, name: "Security log" })).toBeVisible();
});

test("who demands it of themselves is told so; who has a role is found", async ({ page }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Roles", exact: true }).click();
  await demandOf(page, "administrator").click();
  const question = page.getByRole("dialog", { name: "Require two-step sign-in of the role “administrator”?" });
  await expect(question).toContainText("You are one of those who have none");
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(demandOf(page, "administrator")).not.toBeChecked();
  await page.getByRole("link", { name: "Accounts with this role – administrator" }).click();
  await expect(page).toHaveURL(/\/users\?role=administrator$/);
  await expect(page.getByRole("cell", { name: administrator.email })).toBeVisible();
});

test("who may not see the roles isn’t offered them, and is told why", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await newcomer(page, browser, adele);
  await expect(theirs.getByRole("link", { name: "Roles", exact: true })).toHaveCount(0);
  await theirs.goto("/roles");
  await expect(theirs.getByText("You don’t have access to this")).toBeVisible();
  await expect(theirs.getByText("It takes the right to see roles and what they allow.")).toBeVisible();
  await expectAccessibleInBothThemes(theirs);
});
