import { expect, test } from "@playwright/test";

import { askForAccount, linkOf, openMail } from "../support/mail.js";
import { acceptAccount, administrator, enter, signIn, visit, type Person } from "../support/people.js";

const lise: Person = { name: "Lise Meitner", email: "lise@example.org", password: "get the girl to check" };

test("an account is made by the link of a mail, which works once", async ({ page, browser }) => {
  await enter(page, administrator);
  const visitor = await visit(browser);
  await visitor.goto("/sign-in");
  await visitor.getByRole("link", { name: "Create account" }).click();
  await expect(visitor.getByRole("heading", { level: 1, name: "Create your account" })).toBeFocused();
  await visitor.getByLabel("E-mail address").fill("not an address");
  await visitor.getByRole("button", { name: "Send me the link" }).click();
  await expect(visitor.getByText("Enter a whole e-mail address, such as ada@example.org.")).toBeVisible();
  await expect(visitor.getByLabel("E-mail address")).toBeFocused();
  await askForAccount(visitor, lise.email);
  await expect(visitor.getByText(`A mail is on its way to ${lise.email}.`)).toBeVisible();

  const link = await linkOf(await openMail(page, lise.email, "Finish creating your account"));
  const theirs = await visit(browser);
  await theirs.goto(link);
  await theirs.getByRole("button", { name: "Create my account" }).click();
  await expect(theirs.getByText("Enter a name.")).toBeVisible();
  await expect(theirs.getByText("Enter a password.")).toBeVisible();
  await acceptAccount(theirs, { ...lise, password: "too short" });
  await expect(theirs.getByText("Use at least 12 characters.")).toBeVisible();
  await expect(theirs.getByLabel("Name")).toHaveValue(lise.name);
  await acceptAccount(theirs, lise);
  await expect(theirs.getByRole("heading", { level: 1, name: `Welcome, ${lise.name}` })).toBeVisible();
  // Nothing of the token is left.
  await expect(theirs).toHaveURL(/:\d+\/$/);
  await theirs.reload();
  await expect(theirs.getByRole("heading", { level: 1, name: `Welcome, ${lise.name}` })).toBeVisible();
  await theirs.goto("/account");
  const address = theirs.getByRole("region", { name: "E-mail address" });
  await expect(address).toContainText(lise.email);
  await expect(address.getByText("Confirmed", { exact: true })).toBeVisible();

  const again = await visit(browser);
  await again.goto(link);
  await acceptAccount(again, { ...lise, name: "Somebody else" });
  await expect(again.getByRole("heading", { level: 1, name: "This link no longer works" })).toBeVisible();
  await again.getByRole("link", { name: "Sign in" }).click();
  await signIn(again, lise);
  await expect(again.getByRole("heading", { level: 1, name: `Welcome, ${lise.name}` })).toBeVisible();
});

test("an address with an account is answered in the same words", async ({ page, browser }) => {
  const visitor = await visit(browser);
  await askForAccount(visitor, lise.email);
  await expect(visitor.getByText(`A mail is on its way to ${lise.email}.`)).toBeVisible();
  await visitor.getByRole("button", { name: "Enter another address" }).click();
  await expect(visitor.getByLabel("E-mail address")).toHaveValue("");

  await enter(page, administrator);
  const mail = await openMail(page, lise.email, "You have an account already");
  await expect(mail).toContainText(`Hello ${lise.name},`);
});

test("whoever is signed in has no account to ask for", async ({ page }) => {
  await enter(page, administrator);
  await page.goto("/sign-up");
  await expect(page.getByRole("heading", { level: 1, name: `Welcome, ${administrator.name}` })).toBeVisible();
});
