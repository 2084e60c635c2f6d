import { expect, test, type Page } from "@playwright/test";

import { expectAccessibleInBothThemes } from "../support/accessibility.js";
import { administrator, enter } from "../support/people.js";

const LISTS = /password_strength/;

test("whoever chooses a password is told meanwhile how good it is", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto("/reset-password#token=mtl_unknown");
  const password = page.getByLabel("New password");
  await expect(password).toBeVisible();
  expect(fetched.filter((url) => LISTS.test(url))).toEqual([]);
  const lists = page.waitForResponse(LISTS);
  await password.focus();
  expect((await lists).ok()).toBe(true);

  const strength = page.getByRole("meter", { name: "Password strength" });
  await password.pressSequentially("P@ssw0rd1234");
  await expect(strength).toHaveAttribute("aria-valuenow", "1");
  await expect(page.getByText("Easy to guess", { exact: true })).toBeVisible();
  await expect(page.getByText("It is like a password that many people use.")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await password.fill("violet harbour seven lanterns");
  await expect(page.getByText("Very hard to guess")).toBeVisible();
  await expect(page.getByText("It is like a password that many people use.")).toBeHidden();
  await expectAccessibleInBothThemes(page);
  await password.fill("");
  await expect(strength).toBeHidden();
});

test("the words of the person whose password it will be count", async ({ page }) => {
  const dialog = await newUser(page);
  await dialog.getByLabel("Password", { exact: true }).fill("wu chien-shiung 1912");
  await expect(dialog.getByText("It has your own name or address in it.")).toBeHidden();
  await dialog.getByLabel("Name").fill("Wu Chien-Shiung");
  await expect(dialog.getByText("It has your own name or address in it.")).toBeVisible();
});

test("where the lists can't be fetched the API says what is wrong", async ({ page }) => {
  await page.route(LISTS, (route) => route.abort());
  const dialog = await newUser(page);
  await dialog.getByLabel("Name").fill("Nobody");
  await dialog.getByLabel("E-mail address").fill("nobody@example.org");
  await dialog.getByLabel("Password", { exact: true }).fill("password1234");
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog.getByText("This is too easy to guess.")).toBeVisible();
  await expect(dialog.getByText("Many people use this password.")).toBeVisible();
  await expect(dialog.getByRole("meter")).toBeHidden();
});

async function newUser(page: Page) {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await page.getByRole("button", { name: "New user" }).click();
  return page.getByRole("dialog", { name: "New user" });
}
