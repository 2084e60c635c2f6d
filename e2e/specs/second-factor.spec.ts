import { readFile } from "node:fs/promises";

import { expect, test } from "@playwright/test";

import { expectAccessibleInBothThemes } from "../support/accessibility.js";
import { openMail } from "../support/mail.js";
import { administrator, createUser, elsewhere, enter, newcomer, signIn, visit, type Person } from "../support/people.js";
import { answer, confirm, demand, scan, settings, turnOn } from "../support/second-factor.js";

const christine: Person = { name: "Christine Darden", email: "christine@example.org", password: "orbits checked by hand" };
const melba: Person = { name: "Melba Mouton", email: "melba@example.org", password: "the machine needs people" };
const evelyn: Person = { name: "Evelyn Granville", email: "evelyn@example.org", password: "a supersonic wind tunnel" };

test("it is turned on with an app, and asked for when signing in", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await newcomer(page, browser, christine);
  await theirs.goto("/account");
  await expect(settings(theirs).getByText("It is off")).toBeVisible();
  await settings(theirs).getByRole("button", { name: "Turn on" }).click();
  const app = await scan(theirs);
  await expect(theirs.getByRole("heading", { name: "Scan this with your authenticator app" })).toBeFocused();
  await expectAccessibleInBothThemes(theirs);
  await theirs.getByLabel("The code that the app shows now").fill(app.wrongCode());
  await theirs.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(theirs.getByText("This code is wrong or has been used.")).toBeVisible();
  await expect(theirs.getByLabel("The code that the app shows now")).toBeFocused();
  const recoveryCodes = await confirm(theirs, app);
  await expectAccessibleInBothThemes(theirs);
  await theirs.getByRole("button", { name: "I have kept them" }).click();
  await expect(settings(theirs).getByText("10 recovery codes left")).toBeVisible();
  await expectAccessibleInBothThemes(theirs);
  await openMail(page, christine.email, "An authenticator app was added");

  // Elsewhere the password is half of it, and what one was going to is not forgotten.
  const there = await visit(browser);
  await there.goto("/account");
  await signIn(there, christine);
  await expect(there.getByRole("heading", { level: 1, name: "One more step" })).toBeVisible();
  const code = there.getByLabel("Code from your authenticator app");
  await expect(code).toBeFocused();
  await expect(code).toHaveAttribute("autocomplete", "one-time-code");
  await expectAccessibleInBothThemes(there);
  await answer(there, app.wrongCode());
  await expect(there.getByRole("alert")).toContainText("This code is wrong or has been used.");
  await expect(code).toBeFocused();
  await expectAccessibleInBothThemes(there);
  await code.fill(app.nextCode());
  await code.press("Enter");
  await expect(there.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();

  // Without the phone, a code that was kept does, once.
  const forgetful = await visit(browser);
  await forgetful.goto("/sign-in");
  for (const outcome of ["in", "refused"] as const) {
    await signIn(forgetful, christine);
    await forgetful.getByRole("button", { name: "Use a recovery code instead" }).click();
    await expect(forgetful.getByLabel("Recovery code")).toBeFocused();
    await answer(forgetful, recoveryCodes[0]!.toUpperCase());
    if (outcome === "refused") {
      await expect(forgetful.getByRole("alert")).toContainText("This code is wrong or has been used.");
      break;
    }
    await expect(forgetful.getByRole("heading", { level: 1, name: `Welcome, ${christine.name}` })).toBeVisible();
    await forgetful.getByRole("button", { name: "Account menu" }).click();
    await forgetful.getByRole("button", { name: "Sign out" }).click();
  }
  await forgetful.getByRole("button", { name: "Sign in with another account" }).click();
  await expect(forgetful.getByRole("heading", { level: 1, name: "Sign in" })).toBeFocused();
  await expect(forgetful.getByLabel("E-mail address")).toHaveValue(christine.email);
  await theirs.reload();
  await expect(settings(theirs).getByText("9 recovery codes left")).toBeVisible();
});

test("the codes are copied, downloaded and made anew, and it is turned off", async ({ page, browser }) => {
  await enter(page, administrator);
  const theirs = await newcomer(page, browser, melba);
  await theirs.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await theirs.goto("/account");
  const { recoveryCodes } = await turnOn(theirs);

  await settings(theirs).getByRole("button", { name: "New recovery codes" }).click();
  const replacing = theirs.getByRole("dialog", { name: "Make new recovery codes?" });
  await expectAccessibleInBothThemes(theirs);
  await replacing.getByRole("button", { name: "Make new codes" }).click();
  await expect(theirs.getByRole("heading", { name: "Keep your recovery codes" })).toBeFocused();
  await theirs.getByRole("button", { name: "Copy" }).click();
  await expect(theirs.getByText("Copied")).toBeVisible();
  const copied = await theirs.evaluate(() => navigator.clipboard.readText());
  expect(copied.split("\n")).toHaveLength(10);
  expect(copied).not.toContain(recoveryCodes[0]);
  const downloading = theirs.waitForEvent("download");
  await theirs.getByRole("button", { name: "Download", exact: true }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("matrice-recovery-codes.txt");
  const file = await readFile(await download.path(), "utf8");
  expect(file).toContain(melba.email);
  expect(file).toContain(copied);
  await theirs.getByRole("button", { name: "I have kept them" }).click();

  await settings(theirs).getByRole("button", { name: "Turn off" }).click();
  const question = theirs.getByRole("dialog", { name: "Turn off two-step sign-in?" });
  await expectAccessibleInBothThemes(theirs);
  await question.getByRole("button", { name: "Turn off" }).click();
  await expect(theirs.getByText("Two-step sign-in is off")).toBeVisible();
  await expect(question).toBeHidden();
  await expect(settings(theirs).getByRole("button", { name: "Turn on" })).toBeVisible();
  await openMail(page, melba.email, "The authenticator app was removed");
  await elsewhere(browser, melba);
});

test("whose role demands it turns it on before anything else", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, evelyn);
  await page.getByRole("link", { name: evelyn.name }).click();
  await page.getByRole("checkbox", { name: "auditor" }).check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Changes saved")).toBeVisible();

  const theirs = await elsewhere(browser, evelyn);
  // What home asks for is answered before the demand.
  await expect(theirs.getByRole("region", { name: "Newest accounts" }).getByRole("listitem").first()).toBeVisible();
  await demand(page, "auditor", true);
  await theirs.getByRole("link", { name: "Users", exact: true }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Turn on two-step sign-in" })).toBeVisible();
  await expectAccessibleInBothThemes(theirs);
  await theirs.reload();
  await theirs.getByRole("button", { name: "Use an authenticator app" }).click();
  const app = await scan(theirs);
  await expectAccessibleInBothThemes(theirs);
  await confirm(theirs, app);
  await expectAccessibleInBothThemes(theirs);
  await theirs.getByRole("button", { name: "I have kept them" }).click();
  // Where they were going, without a reload.
  await expect(theirs.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expect(theirs.getByRole("cell", { name: evelyn.email })).toBeVisible();
  await theirs.getByRole("link", { name: "My account" }).first().click();
  await expect(settings(theirs).getByText("Your role asks for two-step sign-in")).toBeVisible();
  await expect(settings(theirs).getByRole("button", { name: "Turn off" })).toBeHidden();
  await demand(page, "auditor", false);
});
