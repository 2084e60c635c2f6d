import { expect, test } from "@playwright/test";

import { administrator, enter, signIn } from "../support/people.js";

test("a wrong password is refused, and nothing that was typed is lost", async ({ page }) => {
  await page.goto("/sign-in");
  await signIn(page, { ...administrator, password: "not the password" });
  await expect(page.getByRole("alert")).toContainText("The e-mail address or the password is wrong.");
  await expect(page.getByLabel("E-mail address")).toHaveValue(administrator.email);
});

test("an unknown account is refused in the same words", async ({ page }) => {
  await page.goto("/sign-in");
  await signIn(page, { ...administrator, email: "nobody@example.org" });
  await expect(page.getByRole("alert")).toContainText("The e-mail address or the password is wrong.");
});

test("empty fields are named, and the first has the focus", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Enter an e-mail address.")).toBeVisible();
  await expect(page.getByText("Enter a password.")).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toBeFocused();
});

test("a visitor is sent to sign in, and back to where they were", async ({ page }) => {
  await page.goto("/users?q=ada");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(page, administrator);
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expect(page).toHaveURL(/\/users\?q=ada$/);
});

test("tokens are out of every script's reach", async ({ page, context }) => {
  await enter(page, administrator);
  expect(await page.evaluate(() => document.cookie)).toBe("");
  const cookies = (await context.cookies()).filter((cookie) => cookie.name.includes("matrice"));
  expect(cookies.map(({ name, httpOnly, secure, sameSite }) => ({ name, httpOnly, secure, sameSite }))).toEqual(
    expect.arrayContaining([
      { name: "__Host-matrice_access", httpOnly: true, secure: true, sameSite: "Strict" },
      { name: "__Secure-matrice_refresh", httpOnly: true, secure: true, sameSite: "Strict" },
    ]),
  );
});

test("an access token that is gone is renewed without a word", async ({ page, context }) => {
  await enter(page, administrator);
  await context.clearCookies({ name: "__Host-matrice_access" });
  await page.getByRole("link", { name: "Users", exact: true }).click();
  // Others may fill the first page.
  await page.getByRole("searchbox").fill(administrator.email);
  await expect(page.getByRole("cell", { name: administrator.email })).toBeVisible();
});

test("signing out ends it", async ({ page }) => {
  await enter(page, administrator);
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.goto("/users");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});
