import { expect, test } from "@playwright/test";

import { expectAccessibleInBothThemes } from "../support/accessibility.js";
import { openMail } from "../support/mail.js";
import { administrator, createUser, elsewhere, enter, signIn, type Person } from "../support/people.js";
import { settings, turnOn } from "../support/second-factor.js";

const joan: Person = { name: "Joan Clarke", email: "joan@example.org", password: "banburismus in hut eight" };

test("an administrator lets somebody in who has lost their phone", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, joan);
  await page.getByRole("link", { name: joan.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: joan.name })).toBeVisible();
  const details = page.getByRole("region", { name: "Details" });
  await expect(details).toContainText("Two-step sign-in");
  await expect(details).toContainText("Off");
  const turnOff = page.getByRole("button", { name: "Turn off two-step sign-in" });
  await expect(turnOff).toBeHidden();

  const theirs = await elsewhere(browser, joan);
  await theirs.goto("/account");
  await turnOn(theirs);
  await page.reload();
  await expect(details).toContainText("On");
  await expectAccessibleInBothThemes(page);
  await turnOff.click();
  const question = page.getByRole("dialog", { name: `Turn off two-step sign-in for ${joan.name}?` });
  await expect(question).toContainText("Their passkeys are deleted");
  await expect(question).toContainText("whoever knows the password gets in");
  await expectAccessibleInBothThemes(page);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(details).toContainText("On");
  await turnOff.click();
  await question.getByRole("button", { name: "Turn off", exact: true }).click();
  await expect(page.getByText(`Two-step sign-in is off for ${joan.name}`)).toBeVisible();
  await expect(details).toContainText("Off");
  await expect(turnOff).toBeHidden();

  // Thrown out, and back with the password alone, to turn it on again.
  await theirs.reload();
  await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(theirs, joan);
  await expect(theirs.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
  await expect(settings(theirs).getByRole("button", { name: "Turn on" })).toBeVisible();
  await expect(theirs.getByText("Two-step sign-in turned off for its owner")).toBeVisible();
  await openMail(page, joan.email, "Two-step sign-in was turned off");
});
