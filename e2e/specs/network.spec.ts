import { expect, test } from "@playwright/test";

import { administrator, enter } from "../support/people.js";

test("without a network the page says so, and recovers", async ({ page, context }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(page.getByRole("cell", { name: administrator.email })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText("You are offline. What you see may be out of date.")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("You are offline. What you see may be out of date.")).toBeHidden();
});

test("a page whose code can't be fetched offers to try again", async ({ page, context }) => {
  await enter(page, administrator);
  await context.setOffline(true);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await expect(page.getByText("This page could not be loaded")).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("cell", { name: administrator.email })).toBeVisible();
});
