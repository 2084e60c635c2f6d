// Two-step sign-in, with an authenticator app that knows the standard and nothing of ours.
import { expect, type Locator, type Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";

/** An app that was told the key of an account. */
export class Authenticator {
  readonly #totp: TOTP;

  constructor(key: string) {
    this.#totp = new TOTP({ secret: Secret.fromBase32(key.replaceAll(" ", "")) });
  }

  /** What it shows now. */
  code(): string {
    return this.#totp.generate();
  }

  /** What it shows half a minute from now, which is as good by then as now, and surely not used before. */
  nextCode(): string {
    return this.#totp.generate({ timestamp: Date.now() + 30_000 });
  }

  /** A code that it shows at no time near. */
  wrongCode(): string {
    const near = [-60, -30, 0, 30, 60, 90, 120].map((seconds) => this.#totp.generate({ timestamp: Date.now() + seconds * 1_000 }));
    return ["000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"].find((code) => !near.includes(code))!;
  }
}

/** The part of one's own account that it is set up in. */
export function settings(page: Page): Locator {
  return page.getByRole("region", { name: "Two-step sign-in" });
}

/** The app that reads the key, once the picture of it is there. */
export async function scan(page: Page): Promise<Authenticator> {
  await expect(page.getByRole("img", { name: "QR code with the key" })).toBeVisible();
  const key = await page.getByRole("code").textContent();
  return new Authenticator(key!);
}

/** Confirms the app by the code that it shows; answers the recovery codes. */
export async function confirm(page: Page, app: Authenticator): Promise<string[]> {
  await page.getByLabel("The code that the app shows now").fill(app.code());
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  return recoveryCodes(page);
}

/** The recovery codes, the one time that they are shown. */
export async function recoveryCodes(page: Page): Promise<string[]> {
  await expect(page.getByRole("heading", { name: "Keep your recovery codes" })).toBeFocused();
  const codes = page.getByRole("listitem").filter({ hasText: /^[0-9a-z]{4}(-[0-9a-z]{4}){5}$/ });
  await expect(codes).toHaveCount(10);
  return codes.allTextContents();
}

/** Turns it on, on the page of one's own account. */
export async function turnOn(page: Page): Promise<{ app: Authenticator; recoveryCodes: string[] }> {
  await settings(page).getByRole("button", { name: "Turn on" }).click();
  const app = await scan(page);
  const recoveryCodes = await confirm(page, app);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(settings(page).getByText("On since")).toBeVisible();
  return { app, recoveryCodes };
}

/** Answers what follows the password. */
export async function answer(page: Page, code: string): Promise<void> {
  await page.getByRole("textbox").fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** The switch by which a role demands a second factor, on the page of the roles. */
export function demandOf(page: Page, role: string): Locator {
  return page.getByRole("switch", { name: `Two-step sign-in required ${role}` });
}

/** Says whether a role demands a second factor, on the page of the roles. */
export async function demand(page: Page, role: string, required: boolean): Promise<void> {
  await page.getByRole("link", { name: "Roles", exact: true }).click();
  await expect(demandOf(page, role)).toBeChecked({ checked: !required });
  await demandOf(page, role).click();
  await page.getByRole("dialog").getByRole("button", { name: required ? "Require it" : "No longer require it" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(demandOf(page, role)).toBeChecked({ checked: required });
}
