import { expect, test } from "@playwright/test";

import { linkOf, openMail } from "../support/mail.js";
import { administrator, createUser, elsewhere, enter, signIn, visit, type Person } from "../support/people.js";

const annie: Person = { name: "Annie Easley", email: "annie@example.org", password: "centaur goes to Saturn" };
const NEW_ADDRESS = "annie.easley@example.org";

test("an address is proven by a press on the page of its link", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, annie);

  const theirs = await elsewhere(browser, annie);
  await theirs.goto("/account");
  const address = theirs.getByRole("region", { name: "E-mail address" });
  await expect(address).toContainText(annie.email);
  await expect(address.getByText("Not confirmed")).toBeVisible();
  await address.getByRole("button", { name: "Send a link to confirm it" }).click();
  await expect(address.getByRole("status")).toContainText(`A mail is on its way to ${annie.email}.`);
  await expect(address.getByRole("button", { name: "Send the link again" })).toBeVisible();

  // To open the link is not enough; to be signed in is not needed.
  const link = await linkOf(await openMail(page, annie.email, "Is this your address?"));
  const visitor = await visit(browser);
  await visitor.goto(link);
  await expect(visitor.getByRole("heading", { level: 1, name: "Is this your address?" })).toBeVisible();
  await theirs.reload();
  await expect(address.getByText("Not confirmed")).toBeVisible();
  await visitor.getByRole("button", { name: "Confirm my address" }).click();
  await expect(visitor.getByRole("heading", { level: 1, name: "Your address is confirmed" })).toBeFocused();
  await theirs.reload();
  await expect(address.getByText("Confirmed", { exact: true })).toBeVisible();
  await expect(address.getByRole("button", { name: "Send a link to confirm it" })).toBeHidden();

  await visitor.getByRole("link", { name: "Go to sign in" }).click();
  await signIn(visitor, annie);
  await expect(visitor.getByRole("heading", { level: 1, name: `Welcome, ${annie.name}` })).toBeVisible();
  await visitor.goto(link);
  await visitor.getByRole("button", { name: "Confirm my address" }).click();
  await expect(visitor.getByRole("heading", { level: 1, name: "This link no longer works" })).toBeVisible();
  await visitor.getByRole("link", { name: "Go to my account" }).click();
  await expect(visitor.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
});

test("another address counts once its link is opened", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await elsewhere(browser, annie);
  await theirs.goto("/account");
  const address = theirs.getByRole("region", { name: "E-mail address" });
  await address.getByRole("button", { name: "Change address" }).click();
  const dialog = theirs.getByRole("dialog", { name: "Change your address" });
  const ask = async (email: string, password: string): Promise<void> => {
    await dialog.getByLabel("New address").fill(email);
    await dialog.getByLabel("Current password").fill(password);
    await dialog.getByRole("button", { name: "Send the link" }).click();
  };
  await ask(NEW_ADDRESS, "not the current one");
  await expect(dialog.getByText("This is not your current password.")).toBeVisible();
  await expect(dialog.getByLabel("Current password")).toBeFocused();
  await ask(annie.email, annie.password);
  await expect(dialog.getByText("This is your address already.")).toBeVisible();
  await ask(NEW_ADDRESS, annie.password);
  await expect(dialog).toBeHidden();
  await expect(address.getByRole("status")).toContainText(`A mail is on its way to ${NEW_ADDRESS}.`);
  await expect(address.getByText(annie.email, { exact: true })).toBeVisible();
  await openMail(page, annie.email, "Another address was asked for");

  await theirs.goto(await linkOf(await openMail(page, NEW_ADDRESS, "Is this your address?")));
  await theirs.getByRole("button", { name: "Confirm my address" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Your address is changed" })).toBeFocused();
  await expect(theirs.getByText(`From now on you sign in with ${NEW_ADDRESS}.`)).toBeVisible();
  await theirs.getByRole("link", { name: "Go to my account" }).click();
  await expect(address.getByText(NEW_ADDRESS, { exact: true })).toBeVisible();
  await openMail(page, annie.email, "Your address was changed");

  const visitor = await visit(browser);
  await visitor.goto("/sign-in");
  await signIn(visitor, annie);
  await expect(visitor.getByRole("alert")).toContainText("The e-mail address or the password is wrong.");
  await signIn(visitor, { ...annie, email: NEW_ADDRESS });
  await expect(visitor.getByRole("heading", { level: 1, name: `Welcome, ${annie.name}` })).toBeVisible();
});

test("a link without its token leads to another", async ({ page }) => {
  await page.goto("/confirm-email");
  await expect(page.getByRole("heading", { level: 1, name: "This link is incomplete" })).toBeVisible();
  await page.getByRole("link", { name: "Go to my account" }).click();
  await signIn(page, administrator);
  await expect(page.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
});
