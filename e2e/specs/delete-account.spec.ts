import { readFile } from "node:fs/promises";

import { expect, test, type Page } from "@playwright/test";

import { openMail } from "../support/mail.js";
import { administrator, createUser, elsewhere, enter, signIn, type Person } from "../support/people.js";

const maria: Person = { name: "Maria Mitchell", email: "maria@example.org", password: "symmetry conserves things" };

test("an account takes its data along, and is deleted by its owner", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, maria);

  const theirs = await elsewhere(browser, maria);
  await theirs.goto("/account");
  const saving = theirs.waitForEvent("download");
  await theirs.getByRole("button", { name: "Download my data" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe("matrice-account.json");
  const data = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(data).toMatchObject({ account: { email: maria.email, display_name: maria.name }, verified_email: null });
  expect(data.sessions).toHaveLength(1);

  await theirs.getByRole("button", { name: "Delete my account" }).click();
  const dialog = theirs.getByRole("dialog", { name: "Delete your account?" });
  await expect(dialog).toContainText(`the account of ${maria.name}, ${maria.email}`);
  for (const loss of ["passkeys, two-step sign-in and linked accounts", "your API keys", "the access of every application"]) {
    await expect(dialog).toContainText(loss);
  }
  await confirm(theirs, administrator.email, maria.password);
  await expect(dialog.getByText("This is not your account’s address.")).toBeVisible();
  await expect(dialog.getByLabel("Type your e-mail address")).toBeFocused();
  await confirm(theirs, maria.email, "not the current one");
  await expect(dialog.getByText("This is not your current password.")).toBeVisible();
  await confirm(theirs, maria.email.toUpperCase(), maria.password);
  await expect(theirs.getByText(`Your account is deleted. Goodbye, ${maria.name}.`)).toBeVisible();
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await expect(theirs).toHaveURL(/\/sign-in$/);
  await signIn(theirs, maria);
  await expect(theirs.getByRole("alert")).toContainText("The e-mail address or the password is wrong.");

  await page.goto("/users?q=maria");
  await expect(page.getByText("No account matches")).toBeVisible();
  await openMail(page, maria.email, "Your account is deleted");
});

test("the last administrator has to stay", async ({ page }) => {
  await enter(page, administrator);
  await page.goto("/users?role=administrator");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.goto("/account");
  await page.getByRole("button", { name: "Delete my account" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account?" });
  await expect(dialog).toContainText("your roles: administrator");
  await confirm(page, administrator.email, administrator.password);
  await expect(dialog.getByRole("alert")).toContainText("The last administrator must stay one");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
});

async function confirm(page: Page, email: string, password: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Delete your account?" });
  await dialog.getByLabel("Type your e-mail address").fill(email);
  await dialog.getByLabel("Current password").fill(password);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
}
