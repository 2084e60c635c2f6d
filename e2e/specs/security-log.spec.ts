import { expect, test } from "@playwright/test";

import { administrator, createUser, elsewhere, enter, signIn, visit, type Person } from "../support/people.js";

const emmy: Person = { name: "Emmy Noether", email: "emmy@example.org", password: "symmetry is conserved" };
const sophie: Person = { name: "Sophie Germain", email: "sophie@example.org", password: "by the name of Le Blanc" };

test("what has happened is found by its kind, its outcome and its account", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, emmy);
  const stranger = await visit(browser);
  await stranger.goto("/sign-in");
  await signIn(stranger, { ...emmy, password: "not the password" });
  await expect(stranger.getByRole("alert")).toContainText("The e-mail address or the password is wrong.");

  await page.getByRole("link", { name: "Security", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Security log" })).toBeFocused();
  await page.getByRole("combobox", { name: "Event" }).selectOption({ label: "Sign-in" });
  await page.getByRole("combobox", { name: "Outcome" }).selectOption({ label: "Refused" });
  await expect(page).toHaveURL(/\/security\?kind=sign_in&outcome=refused$/);
  await expect(page.getByRole("row", { name: "Creation of the account" })).toHaveCount(0);
  const attempt = page.getByRole("row", { name: emmy.email });
  await expect(attempt).toContainText("Refused");
  await expect(attempt).toContainText("Wrong address or password");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Event" })).toHaveValue("sign_in");
  await expect(page.getByRole("combobox", { name: "Outcome" })).toHaveValue("refused");
  await expect(attempt).toBeVisible();

  await attempt.getByRole("link", { name: emmy.email }).click();
  await expect(page.getByRole("heading", { level: 1, name: emmy.name })).toBeVisible();
  await page.getByRole("checkbox", { name: /^auditor/ }).check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Changes saved")).toBeVisible();
  await page.getByRole("link", { name: "Security log of this account" }).click();
  await expect(page).toHaveURL(/\/security\?user=[0-9a-f-]{36}$/);
  await expect(page.getByText(`Only ${emmy.name}`)).toBeVisible();
  const change = page.getByRole("row", { name: "Change of the account" });
  await expect(change).toContainText("Roles gained");
  await expect(change).toContainText("auditor");
  await expect(change).toContainText("by you");
  await expect(page.getByRole("row", { name: "Creation of the account" })).toBeVisible();
  await expect(page.getByRole("row", { name: administrator.email })).toHaveCount(0);

  await page.getByRole("combobox", { name: "Event" }).selectOption({ label: "Locking of the account" });
  await expect(page.getByText("No event matches")).toBeVisible();
  await page.getByRole("button", { name: "Show all accounts" }).click();
  await expect(page).toHaveURL(/\/security\?kind=user_locked$/);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/security$/);
  await expect(page.getByRole("row", { name: emmy.email }).first()).toBeVisible();

  // An auditor reads the log without being able to change anything.
  const theirs = await elsewhere(browser, emmy);
  await theirs.getByRole("link", { name: "Security", exact: true }).click();
  await expect(theirs.getByRole("row", { name: emmy.email }).first()).toContainText("Sign-in");
  await expect(theirs.getByRole("row", { name: "Change of the account" }).first()).toContainText(`by ${administrator.email}`);
});

test("without the right there is no log to see, but one’s own activity", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, sophie);
  const theirs = await elsewhere(browser, sophie);
  await expect(theirs.getByRole("link", { name: "Security", exact: true })).toBeHidden();
  await theirs.goto("/security");
  await expect(theirs.getByText("You don’t have access to this")).toBeVisible();

  await theirs.getByRole("link", { name: "My account" }).first().click();
  const recent = theirs.getByRole("region", { name: "Recent activity" });
  await expect(recent.getByRole("listitem")).toHaveCount(2);
  await expect(recent.getByRole("listitem").first()).toContainText("Sign-in");
  await expect(recent.getByRole("listitem").last()).toContainText("Creation of the account");
  await expect(recent.getByRole("listitem").last()).toContainText("by another account");
  await recent.getByRole("link", { name: "See all activity" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Activity" })).toBeFocused();
  await expect(theirs.getByText("2 events on this page")).toBeVisible();
  await theirs.getByRole("main").getByRole("link", { name: "My account" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
});
