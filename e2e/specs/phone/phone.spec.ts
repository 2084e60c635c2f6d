import { expect, test } from "@playwright/test";

import { expectAccessible } from "../../support/accessibility.js";
import { administrator, enter, invite } from "../../support/people.js";
import { expectNoWiderThanTheScreen } from "../../support/screen.js";

test("everything is within a thumb's reach", async ({ page }) => {
  await enter(page, administrator);
  await expectAccessible(page);
  const navigation = page.getByRole("navigation", { name: "Main" });
  await navigation.getByRole("link", { name: "Users" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  const content = page.getByRole("main");
  // Others may fill the first page.
  await page.getByRole("searchbox").fill(administrator.email);
  await expect(content.getByText(administrator.email)).toBeVisible();
  await expect(page.getByRole("table")).toBeHidden();
  await expectAccessible(page);
  await navigation.getByRole("link", { name: "Roles" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Roles" })).toBeVisible();
  await expect(content.getByRole("switch")).toHaveCount(2);
  await expectAccessible(page);
  await navigation.getByRole("link", { name: "Mail" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mail" })).toBeVisible();
  await expect(content.getByRole("listitem").first()).toBeVisible();
  await expect(page.getByRole("table")).toBeHidden();
  await expectAccessible(page);
  await navigation.getByRole("link", { name: "Security" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Security log" })).toBeVisible();
  await expect(content.getByRole("listitem").first()).toContainText("Sign-in");
  await expect(page.getByRole("table")).toBeHidden();
  await expectAccessible(page);
  await navigation.getByRole("link", { name: "My account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
  await expect(page.getByText("This one")).toBeVisible();
  await expectAccessible(page);
});

test("an invitation is a card", async ({ page }) => {
  await enter(page, administrator);
  await page.goto("/users");
  await invite(page, "on.a.phone@example.org");
  await page.getByRole("link", { name: "Invitations" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invitations" })).toBeFocused();
  const content = page.getByRole("main");
  await expect(content.getByText("on.a.phone@example.org")).toBeVisible();
  await expect(page.getByRole("table")).toBeHidden();
  await expectAccessible(page);
  await content.getByRole("button", { name: "Withdraw the invitation to on.a.phone@example.org" }).click();
  const question = page.getByRole("dialog", { name: "Withdraw the invitation to on.a.phone@example.org?" });
  await question.getByRole("button", { name: "Withdraw" }).click();
  await expect(content.getByRole("listitem").filter({ hasText: "on.a.phone@example.org" })).toBeHidden();
});

test("the questions of the account fit", async ({ page }) => {
  await enter(page, administrator);
  await page.goto("/account");
  for (const question of ["Change address", "Delete my account"]) {
    await page.getByRole("button", { name: question }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await expectNoWiderThanTheScreen(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
});

test("what a role demands is asked within the screen", async ({ page }) => {
  await enter(page, administrator);
  await page.goto("/roles");
  await page.getByText("Two-step sign-in required").first().tap();
  await expect(page.getByRole("dialog", { name: "Require two-step sign-in of the role “administrator”?" })).toBeVisible();
  await expectAccessible(page);
  await expectNoWiderThanTheScreen(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("switch", { checked: true })).toHaveCount(0);
});

test("nothing is wider than the screen", async ({ page }) => {
  await enter(page, administrator);
  const own = ["/account", "/account/activity", "/account/api-keys"];
  const office = ["/users", "/users/invitations", "/roles", "/applications", "/applications/new", "/mail", "/security"];
  const paths = ["/", ...office, ...own, "/nowhere"];
  for (const path of [...paths, "/forgot-password", "/reset-password", "/confirm-email", "/authorize", "/sign-up#token=mtl_unknown"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoWiderThanTheScreen(page);
  }
});

test("nothing that a visitor sees is, either", async ({ page }) => {
  for (const path of ["/sign-in", "/sign-in/openid", "/sign-up", "/confirm-email", "/authorize", "/sign-out"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoWiderThanTheScreen(page);
  }
});
