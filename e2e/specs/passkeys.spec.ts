import { expect, test } from "@playwright/test";

import { expectAccessibleInBothThemes } from "../support/accessibility.js";
import { askForAccount, linkOf, openMail } from "../support/mail.js";
import { addFirstPasskey, askForPasskey, offered, PasskeyDevice, passkeys } from "../support/passkeys.js";
import { acceptAccount, administrator, enter, newcomer, signIn, signOut, visit, welcome, type Person } from "../support/people.js";
import { settings } from "../support/second-factor.js";

const mavis: Person = { name: "Mavis Batey", email: "mavis@example.org", password: "banburismus by the hour" };
const karen: Person = { name: "Karen Jones", email: "karen@example.org", password: "rare words weigh more" };
const radia: Person = { name: "Radia Perlman", email: "radia@example.org", password: "a graph more lovely than a tree" };

test("from signing up to signing in without a password", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await visit(browser);
  await askForAccount(theirs, mavis.email);
  await theirs.goto(await linkOf(await openMail(page, mavis.email, "Finish creating your account")));
  await acceptAccount(theirs, mavis);
  await welcome(theirs, mavis);

  const device = await PasskeyDevice.of(theirs);
  await theirs.goto("/account");
  await expect(passkeys(theirs).getByText("You have no passkey yet.")).toBeVisible();
  await addFirstPasskey(theirs, device);
  const item = passkeys(theirs).getByRole("listitem");
  await expect(item).toContainText("Windows computer");
  await expect(item).toContainText("Synced");
  await expect(item).toContainText("Not used yet");
  await expect(settings(theirs).getByText("On: your passkey is asked for")).toBeVisible();
  await expect(settings(theirs).getByText("10 recovery codes left")).toBeVisible();
  await openMail(page, mavis.email, "A passkey was added");

  // What the browser offers to fill in makes way for the button.
  await signOut(theirs);
  await offered(theirs);
  await device.touch(async () => {
    await askForPasskey(theirs);
    await welcome(theirs, mavis);
  });
  await theirs.goto("/account");
  await expect(item).toContainText(/Last used .+/);

  // Chosen from what the browser offers, it needs no button.
  await device.touch(async () => {
    await theirs.getByRole("button", { name: "Account menu" }).click();
    await theirs.getByRole("button", { name: "Sign out" }).click();
    await welcome(theirs, mavis);
  });

  // Whoever signs in with the password is asked no more by what was offered before.
  await signOut(theirs);
  await offered(theirs);
  await expect(theirs.getByLabel("E-mail address")).toHaveAttribute("autocomplete", "username webauthn");
  await signIn(theirs, mavis);
  await expect(theirs.getByRole("heading", { level: 1, name: "One more step" })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Use a passkey" })).toBeFocused();
  await device.touch(async () => {
    await theirs.keyboard.press("Enter");
    await welcome(theirs, mavis);
  });
});

test("they are named, renamed and removed", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await newcomer(page, browser, karen);
  const device = await PasskeyDevice.of(theirs);
  await theirs.goto("/account");
  await theirs.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = theirs.getByRole("dialog", { name: "Add a passkey" });
  await expect(dialog.getByLabel("Name")).toHaveValue("Windows computer");
  await dialog.getByLabel("Name").fill("");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByText("Enter a name.")).toBeVisible();
  await expectAccessibleInBothThemes(theirs);
  await theirs.keyboard.press("Escape");
  await expect(theirs.getByRole("button", { name: "Add a passkey" })).toBeFocused();
  await addFirstPasskey(theirs, device, "My laptop");
  await expect(passkeys(theirs).getByRole("listitem")).toContainText("My laptop");
  await expectAccessibleInBothThemes(theirs);

  // The device says that it has one.
  await theirs.getByRole("button", { name: "Add a passkey" }).click();
  await device.touch(async () => {
    await dialog.getByRole("button", { name: "Continue" }).click();
    await expect(dialog.getByRole("alert")).toContainText("This device has a passkey for your account already.");
  });
  await expectAccessibleInBothThemes(theirs);
  await theirs.keyboard.press("Escape");

  await theirs.getByRole("button", { name: "Rename the passkey “My laptop”" }).click();
  const renaming = theirs.getByRole("dialog", { name: "Rename passkey" });
  await expect(renaming.getByLabel("Name")).toHaveValue("My laptop");
  await renaming.getByLabel("Name").fill("My old laptop");
  await expectAccessibleInBothThemes(theirs);
  await renaming.getByRole("button", { name: "Save changes" }).click();
  await expect(theirs.getByText("Now called “My old laptop”")).toBeVisible();

  await theirs.getByRole("button", { name: "Remove the passkey “My old laptop”" }).click();
  const removing = theirs.getByRole("dialog", { name: "Remove the passkey “My old laptop”?" });
  await expectAccessibleInBothThemes(theirs);
  await removing.getByRole("button", { name: "Remove passkey" }).click();
  await expect(theirs.getByText("Passkey “My old laptop” removed")).toBeVisible();
  await expect(passkeys(theirs).getByText("You have no passkey yet.")).toBeVisible();
  await expect(settings(theirs).getByText("It is off")).toBeVisible();
  await openMail(page, karen.email, "A passkey was removed");

  // The device still offers it; the site says that it doesn't know it, and the device forgets it.
  await signOut(theirs);
  expect(await device.count()).toBe(1);
  await offered(theirs);
  await device.touch(async () => {
    await askForPasskey(theirs);
    await expect(theirs.getByRole("alert")).toContainText("No account here has this passkey");
  });
  await expectAccessibleInBothThemes(theirs);
  await expect.poll(() => device.count()).toBe(0);
  await signIn(theirs, karen);
  await welcome(theirs, karen);
});

test("a question that is cancelled changes nothing", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await newcomer(page, browser, radia);
  const device = await PasskeyDevice.of(theirs);
  await theirs.goto("/account");
  await theirs.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = theirs.getByRole("dialog", { name: "Add a passkey" });
  await device.touchInVain(async () => {
    await dialog.getByRole("button", { name: "Continue" }).click();
    await expect(dialog.getByRole("alert")).toContainText("Nothing was done: the browser’s question was closed");
  });
  await theirs.keyboard.press("Escape");
  await expect(passkeys(theirs).getByText("You have no passkey yet.")).toBeVisible();
  await addFirstPasskey(theirs, device);

  await signOut(theirs);
  await offered(theirs);
  await device.touchInVain(async () => {
    await askForPasskey(theirs);
    await expect(theirs.getByRole("alert")).toContainText("Nothing was done");
    await offered(theirs);
  });
  await device.touch(async () => {
    await askForPasskey(theirs);
    await welcome(theirs, radia);
  });
});

test("where there can be none, none is offered", async ({ page, baseURL }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
  // They belong to a name.
  await page.goto(`${baseURL!.replace("localhost", "127.0.0.1")}/sign-in`);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeHidden();
});
