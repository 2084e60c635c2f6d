// Passkeys, kept by an authenticator that Chromium plays itself.
import { expect, type CDPSession, type Locator, type Page } from "@playwright/test";

import { recoveryCodes } from "./second-factor.js";

/** A device with a fingerprint reader, in one page's hands. It answers what it is asked while it is touched, and nothing else. */
export class PasskeyDevice {
  readonly #client: CDPSession;
  readonly #authenticatorId: string;

  private constructor(client: CDPSession, authenticatorId: string) {
    this.#client = client;
    this.#authenticatorId = authenticatorId;
  }

  static async of(page: Page): Promise<PasskeyDevice> {
    await page.addInitScript(noteQuestions);
    const client = await page.context().newCDPSession(page);
    await client.send("WebAuthn.enable");
    const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: false,
        defaultBackupEligibility: true,
        defaultBackupState: true,
      },
    });
    return new PasskeyDevice(client, authenticatorId);
  }

  /** Has a finger on the reader while `work` is done. */
  async touch(work: () => Promise<void>): Promise<void> {
    await this.#setTouched(true);
    await work();
    await this.#setTouched(false);
  }

  /** The same with a finger that the reader doesn't know: for the page, the question was cancelled. */
  async touchInVain(work: () => Promise<void>): Promise<void> {
    await this.#setVerified(false);
    await this.touch(work);
    await this.#setVerified(true);
  }

  /** How many passkeys it keeps. */
  async count(): Promise<number> {
    const authenticatorId = this.#authenticatorId;
    const { credentials } = await this.#client.send("WebAuthn.getCredentials", { authenticatorId });
    return credentials.length;
  }

  async #setTouched(enabled: boolean): Promise<void> {
    const authenticatorId = this.#authenticatorId;
    await this.#client.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
  }

  async #setVerified(isUserVerified: boolean): Promise<void> {
    const authenticatorId = this.#authenticatorId;
    await this.#client.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  }
}

/** The part of one's own account that lists them. */
export function passkeys(page: Page): Locator {
  return page.getByRole("region", { name: "Passkeys" });
}

/** Adds one, on the page of one's own account or where a role demands a second factor. */
export async function addPasskey(page: Page, device: PasskeyDevice, name?: string): Promise<void> {
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a passkey" });
  if (name) {
    await dialog.getByLabel("Name").fill(name);
  }
  await device.touch(async () => {
    await dialog.getByRole("button", { name: "Continue" }).click();
    await expect(dialog).toBeHidden();
  });
}

/** The same for an account's first second factor; answers the recovery codes. */
export async function addFirstPasskey(page: Page, device: PasskeyDevice, name?: string): Promise<string[]> {
  await addPasskey(page, device, name);
  const codes = await recoveryCodes(page);
  await page.getByRole("button", { name: "I have kept them" }).click();
  return codes;
}

/** Presses the button of the sign-in page. */
export async function askForPasskey(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
}

/** Waits until the browser has been asked to offer passkeys among what it fills in. */
export async function offered(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-last-asked", "conditional");
}

/** In the page: notes how the browser was last asked for a passkey. */
function noteQuestions(): void {
  const get = navigator.credentials.get.bind(navigator.credentials);
  navigator.credentials.get = (options) => {
    document.documentElement.dataset["lastAsked"] = options?.mediation ?? "in a dialog";
    return get(options);
  };
}
