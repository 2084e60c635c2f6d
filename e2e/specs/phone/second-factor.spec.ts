import { expect, test } from "@playwright/test";

import { expectAccessible } from "../../support/accessibility.js";
import { administrator, createUser, elsewhere, enter, signIn, visit, type Person } from "../../support/people.js";
import { expectNoWiderThanTheScreen } from "../../support/screen.js";
import { answer, confirm, scan, settings } from "../../support/second-factor.js";

const valerie: Person = { name: "Valerie Thomas", email: "valerie@example.org", password: "a centaur of a rocket" };

test("two-step sign-in is set up and used on the phone itself", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, valerie);

  const theirs = await elsewhere(browser, valerie);
  await theirs.goto("/account");
  await settings(theirs).getByRole("button", { name: "Turn on" }).click();
  const app = await scan(theirs);
  // The camera can't see its own screen.
  const link = theirs.getByRole("link", { name: "Open an app on this device" });
  await expect(link).toHaveAttribute("href", /^otpauth:\/\/totp\//);
  await expectAccessible(theirs);
  await expectNoWiderThanTheScreen(theirs);
  await confirm(theirs, app);
  await expectAccessible(theirs);
  await expectNoWiderThanTheScreen(theirs);
  await theirs.getByRole("button", { name: "I have kept them" }).click();
  await expect(settings(theirs).getByText("On since")).toBeVisible();
  await expectNoWiderThanTheScreen(theirs);

  const there = await visit(browser);
  await there.goto("/sign-in");
  await signIn(there, valerie);
  await expect(there.getByLabel("Code from your authenticator app")).toHaveAttribute("inputmode", "numeric");
  await expectAccessible(there);
  await expectNoWiderThanTheScreen(there);
  await answer(there, app.nextCode());
  await expect(there.getByRole("heading", { level: 1, name: `Welcome, ${valerie.name}` })).toBeVisible();
});
