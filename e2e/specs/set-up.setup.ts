import { expect, test } from "@playwright/test";

import { expectAccessible } from "../support/accessibility.js";
import { administrator } from "../support/people.js";

test("the set-up link makes the first administrator, once", async ({ page }) => {
  const link = process.env["MATRICE_SETUP_URL"];
  expect(link, "MATRICE_SETUP_URL: run `cargo xtask test --only e2e`").toBeTruthy();
  await page.goto(link!);
  await expect(page.getByRole("heading", { level: 1, name: "Set up Matrice" })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Name").fill(administrator.name);
  await page.getByLabel("E-mail address").fill("not an address");
  await page.getByLabel("Password", { exact: true }).fill("too short");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByText("Enter a whole e-mail address, such as ada@example.org.")).toBeVisible();
  await expect(page.getByText("Use at least 12 characters.")).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await expect(page.getByLabel("Name")).toHaveValue(administrator.name);

  await page.getByLabel("E-mail address").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Welcome, ${administrator.name}` })).toBeVisible();

  await page.context().clearCookies();
  await page.goto("about:blank");
  await page.goto(link!);
  await page.getByLabel("Name").fill("Mallory");
  await page.getByLabel("E-mail address").fill("mallory@example.org");
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByRole("alert")).toContainText("Matrice is already set up.");
});
