// What Matrice writes, as the administrator reads it: nothing is sent, everything is in the outbox.
import { expect, type Locator, type Page } from "@playwright/test";

/** Asks, as somebody who has forgotten their password, for a link to choose another. */
export async function askForLink(page: Page, email: string): Promise<void> {
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check your mail" })).toBeVisible();
}

/** Asks, as somebody without an account, for a link to make one. */
export async function askForAccount(page: Page, email: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check your mail" })).toBeVisible();
}

/** Opens the newest mail to somebody with that subject; `page` must be an administrator's. */
export async function openMail(page: Page, recipient: string, subject: string): Promise<Locator> {
  await page.goto(`/mail?recipient=${encodeURIComponent(recipient)}`);
  await page.getByRole("button", { name: subject }).first().click();
  const mail = page.getByRole("dialog", { name: subject });
  await expect(mail).toContainText(recipient);
  return mail;
}

/** The address that the mail's link leads to. */
export async function linkOf(mail: Locator): Promise<string> {
  const link = await mail.getByRole("link").getAttribute("href");
  expect(link).toBeTruthy();
  return link!;
}
