import { expect, test } from "@playwright/test";

import { expectAccessible } from "../support/accessibility.js";
import { administrator, enter } from "../support/people.js";

test("the language changes everything, at once and for good", async ({ page }) => {
  await enter(page, administrator);
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByText("Français").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect(page.getByRole("link", { name: "Accueil" }).first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: `Bienvenue, ${administrator.name}` })).toBeVisible();
  await page.getByRole("button", { name: "Menu du compte" }).click();
  await page.getByText("English").click();
  await expect(page.getByRole("heading", { level: 1, name: `Welcome, ${administrator.name}` })).toBeVisible();
});

test("the theme is kept, and there before the first paint", async ({ page }) => {
  await enter(page, administrator);
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("the name changes where it is shown", async ({ page }) => {
  await enter(page, administrator);
  await page.goto("/account");
  await page.getByLabel("Name", { exact: true }).fill("Ada King");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Changes saved")).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("Ada King");
  await page.getByLabel("Name", { exact: true }).fill(administrator.name);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("banner")).toContainText(administrator.name);
});

test("a message waits for whoever is at it", async ({ page }) => {
  await page.clock.install();
  await enter(page, administrator);
  await page.goto("/account");
  await page.getByRole("button", { name: "Save changes" }).click();
  const news = page.getByText("Changes saved");
  await news.hover();
  await page.clock.fastForward(10_000);
  await expect(news).toBeVisible();
  await page.mouse.move(0, 0);
  await page.clock.fastForward(10_000);
  await expect(news).toBeHidden();
});

test.describe("in a French browser", () => {
  test.use({ locale: "fr-FR" });

  test("the first page is French", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await expect(page.getByRole("button", { name: "Se connecter", exact: true })).toBeVisible();
    await expectAccessible(page);
  });
});
