import { expect } from "@playwright/test";

import { expectAccessible } from "../../support/accessibility.js";
import { test } from "../../support/application.js";
import { registered } from "../../support/applications.js";
import { administrator, enter } from "../../support/people.js";
import { expectNoWiderThanTheScreen } from "../../support/screen.js";

test("an application is a card, and asks within the screen", async ({ page, application }) => {
  await enter(page, administrator);
  await registered(page, application, "Everything that happened on the way to work, and back");
  await expectNoWiderThanTheScreen(page);
  await page.getByRole("link", { name: "See its settings" }).click();
  await expect(page.getByRole("region", { name: "Secrets" })).toBeVisible();
  await expectNoWiderThanTheScreen(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Applications" }).click();
  const content = page.getByRole("main");
  await expect(content.getByRole("listitem").filter({ hasText: "Everything that happened" })).toBeVisible();
  await expect(page.getByRole("table")).toBeHidden();
  await expectAccessible(page);
  await expectNoWiderThanTheScreen(page);

  await page.goto(`${application.url}/sign-in`);
  await expect(page.getByRole("heading", { level: 1, name: /^Sign in to Everything that happened/ })).toBeVisible();
  await expectAccessible(page);
  await expectNoWiderThanTheScreen(page);
  await page.getByRole("button", { name: "Allow" }).tap();
  await expect(page.locator("body")).toContainText(`Signed in as ${administrator.name}`);

  await page.goto("/account");
  await expect(page.getByRole("region", { name: "Applications with access" }).getByRole("listitem")).not.toHaveCount(0);
  await expectNoWiderThanTheScreen(page);
});
