import { expect, test } from "@playwright/test";

import { expectAccessibleInBothThemes } from "../support/accessibility.js";
import { addFirstPasskey, addPasskey, PasskeyDevice, passkeys } from "../support/passkeys.js";
import { administrator, enter, newcomer, signIn, signOut, welcome, type Person } from "../support/people.js";
import { proofOf, tenMinutesLater } from "../support/proof.js";
import { answer, demand, settings, turnOn } from "../support/second-factor.js";

const kathleen: Person = { name: "Kathleen Booth", email: "kathleen@example.org", password: "an assembler for the drum" };
const gladys: Person = { name: "Gladys West", email: "gladys@example.org", password: "the geoid is not a ball" };
const mina: Person = { name: "Mina Rees", email: "mina@example.org", password: "funding the unfundable" };

test("a passkey or a recovery code follows the password", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await newcomer(page, browser, kathleen);
  const device = await PasskeyDevice.of(theirs);
  await theirs.goto("/account");
  const recoveryCodes = await addFirstPasskey(theirs, device);

  await signOut(theirs);
  await signIn(theirs, kathleen);
  const button = theirs.getByRole("button", { name: "Use a passkey" });
  await expect(button).toBeFocused();
  await expect(theirs.getByLabel("Recovery code")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Use your authenticator app" })).toBeHidden();
  await expectAccessibleInBothThemes(theirs);
  await device.touchInVain(async () => {
    await button.click();
    await expect(theirs.getByRole("alert")).toContainText("Nothing was done");
  });
  await expectAccessibleInBothThemes(theirs);
  await device.touch(async () => {
    await button.click();
    await welcome(theirs, kathleen);
  });

  await signOut(theirs);
  await signIn(theirs, kathleen);
  await expect(theirs.getByLabel("Recovery code")).toBeVisible();
  await answer(theirs, recoveryCodes[0]!);
  await welcome(theirs, kathleen);
  await theirs.goto("/account");
  await expect(settings(theirs).getByText("9 recovery codes left")).toBeVisible();
});

test("it stands beside an app, and proves who is there", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await newcomer(page, browser, mina);
  const device = await PasskeyDevice.of(theirs);
  await theirs.goto("/account");
  await turnOn(theirs);
  // Not the first second factor: there are codes already.
  await addPasskey(theirs, device, "My laptop");
  await expect(theirs.getByText("Passkey “My laptop” added")).toBeVisible();
  await expect(passkeys(theirs).getByRole("listitem")).toHaveCount(1);

  await tenMinutesLater(theirs, "/api/core/v1/auth/mfa/totp/remove");
  await settings(theirs).getByRole("button", { name: "Remove the app" }).click();
  const question = theirs.getByRole("dialog", { name: "Remove the authenticator app?" });
  await question.getByRole("button", { name: "Remove the app" }).click();
  const proof = proofOf(theirs);
  await expect(proof.getByRole("button", { name: "Use a passkey" })).toBeFocused();
  await expect(proof.getByLabel("Code from your authenticator app")).toBeVisible();
  await expectAccessibleInBothThemes(theirs);
  await device.touchInVain(async () => {
    await theirs.keyboard.press("Enter");
    await expect(proof.getByRole("alert")).toContainText("Nothing was done");
  });
  await device.touch(async () => {
    await proof.getByRole("button", { name: "Use a passkey" }).click();
    await expect(proof).toBeHidden();
  });
  await expect(theirs.getByText("The authenticator app is removed")).toBeVisible();
  await expect(settings(theirs).getByText("On: your passkey is asked for")).toBeVisible();
  await expect(settings(theirs).getByText("10 recovery codes left")).toBeVisible();
  await expect(settings(theirs).getByRole("button", { name: "Add an authenticator app" })).toBeVisible();
  await expectAccessibleInBothThemes(theirs);
});

test("it is enough where a role demands a second factor", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await newcomer(page, browser, gladys);
  await page.getByRole("link", { name: gladys.name }).click();
  await page.getByRole("checkbox", { name: "auditor" }).check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Changes saved")).toBeVisible();
  await demand(page, "auditor", true);
  const device = await PasskeyDevice.of(theirs);
  await theirs.goto("/account");
  await expect(theirs.getByRole("heading", { level: 1, name: "Turn on two-step sign-in" })).toBeVisible();
  await addFirstPasskey(theirs, device);
  await expect(theirs.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();

  await theirs.getByRole("button", { name: "Remove the passkey “Windows computer”" }).click();
  const question = theirs.getByRole("dialog", { name: "Remove the passkey “Windows computer”?" });
  await question.getByRole("button", { name: "Remove passkey" }).click();
  await expect(theirs.getByText("Your role asks for a second factor: this one must stay on.")).toBeVisible();
  await expect(passkeys(theirs).getByRole("listitem")).toHaveCount(1);
  await demand(page, "auditor", false);
});
