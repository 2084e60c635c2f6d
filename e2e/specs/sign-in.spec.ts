import { expect, test } from "@playwright/test";

import { administrator, enter, signIn, signOut, welcome } from "../support/people.js";

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

test("a link to sign in leads nowhere else", async ({ page }) => {
  for (const next of ["/.//evil.example", "/%252e//evil.example", "//evil.example"]) {
    await page.goto(`/sign-in?next=${next}`);
    await signIn(page, administrator);
    await welcome(page, administrator);
    expect(new URL(page.url()).pathname).toBe("/");
    await signOut(page);
  }
});

test("one way is parted from the others once", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Continue with Example ID" })).toBeVisible();
  await expect(page.getByText("or", { exact: true })).toHaveCount(1);
});

test("password managers are told what every field is", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByLabel("E-mail address")).toHaveAttribute("autocomplete", "username webauthn");
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("autocomplete", "current-password");
  await page.goto("/forgot-password");
  await expect(page.getByLabel("E-mail address")).toHaveAttribute("autocomplete", "username");
  await page.goto("/reset-password#token=mtl_unknown");
  await expect(page.getByLabel("New password")).toHaveAttribute("autocomplete", "new-password");

  await enter(page, administrator);
  await page.goto("/account");
  const password = page.getByRole("region", { name: "Password" });
  await expect(password.getByLabel("Current password")).toHaveAttribute("autocomplete", "current-password");
  await expect(password.getByLabel("New password")).toHaveAttribute("autocomplete", "new-password");
  const owner = password.locator("[name=username]");
  await expect(owner).toHaveAttribute("autocomplete", "username");
  await expect(owner).toHaveValue(administrator.email);
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
