import { expect, test } from "@playwright/test";

import { expectAccessible } from "../../support/accessibility.js";
import { administrator, enter } from "../../support/people.js";
import { expectNoWiderThanTheScreen } from "../../support/screen.js";

test("everything is within a thumb's reach", async ({ page }) => {
  await enter(page, administrator);
  await expectAccessible(page);
  const navigation = page.getByRole("navigation", { name: "Main" });
  await navigation.getByRole("link", { name: "Users" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  const content = page.getByRole("main");
  await expect(content.getByText(administrator.email)).toBeVisible();
  await expect(page.getByRole("table")).toBeHidden();
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

test("nothing is wider than the screen", async ({ page }) => {
  await enter(page, administrator);
  const own = ["/account", "/account/activity", "/account/api-keys"];
  for (const path of ["/", "/users", "/mail", "/security", ...own, "/forgot-password", "/reset-password", "/nowhere"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoWiderThanTheScreen(page);
  }
});
