import { expect, test } from "@playwright/test";

import { askForLink, linkOf, openMail } from "../support/mail.js";
import { administrator, createUser, elsewhere, enter, visit, type Person } from "../support/people.js";

const hedy: Person = { name: "Hedy Lamarr", email: "hedy@example.org", password: "frequencies that hop about" };

test("mails are found by their recipient, and read", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, hedy);
  await askForLink(await visit(browser), hedy.email);

  await page.getByRole("link", { name: "Mail", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mail" })).toBeVisible();
  await expect(page.getByRole("row", { name: "Choose a new password" }).first()).toContainText(hedy.email);

  const search = page.getByRole("searchbox");
  await search.fill("hedy@");
  await expect(page.getByText("Enter the whole address")).toBeVisible();
  await search.fill("nobody-at-all@example.org");
  await expect(page.getByText("No mail matches")).toBeVisible();
  await search.fill(hedy.email);
  await expect(page).toHaveURL(/\/mail\?recipient=hedy%40example\.org$/);
  await expect(page.getByRole("row", { name: "Choose a new password" })).toContainText(hedy.email);
  await expect(page.getByRole("row", { name: "Choose a new password" })).toContainText("Queued");
  await page.reload();
  await expect(search).toHaveValue(hedy.email);
  const state = page.getByRole("combobox", { name: "State" });
  await state.selectOption("Failed");
  await expect(page).toHaveURL(/\/mail\?recipient=hedy%40example\.org&state=failed$/);
  await expect(page.getByText("No mail matches")).toBeVisible();
  await state.selectOption("Queued");

  const subject = page.getByRole("button", { name: "Choose a new password" });
  await subject.click();
  const mail = page.getByRole("dialog", { name: "Choose a new password" });
  await expect(mail).toContainText(`Hello ${hedy.name},`);
  await expect(mail).toContainText("Queued");
  await expect(mail.getByRole("button", { name: "Send again", exact: true })).toBeHidden();
  expect(await linkOf(mail)).toContain("/reset-password#token=");
  await page.keyboard.press("Escape");
  await expect(mail).toBeHidden();
  await expect(subject).toBeFocused();
});

test("a mail's link opens beside the list", async ({ page, context }) => {
  await enter(page, administrator);
  const mail = await openMail(page, hedy.email, "Choose a new password");
  const opened = context.waitForEvent("page");
  await mail.getByRole("link").click();
  await expect((await opened).getByRole("heading", { level: 1, name: "Choose a new password" })).toBeVisible();
  await expect(mail).toBeVisible();
});

test("without the right there is no mail to see", async ({ browser }) => {
  const theirs = await elsewhere(browser, hedy);
  await expect(theirs.getByRole("link", { name: "Mail", exact: true })).toBeHidden();
  await theirs.goto("/mail");
  await expect(theirs.getByText("You don’t have access to this")).toBeVisible();
});
