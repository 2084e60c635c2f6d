import { expect, test } from "@playwright/test";

import { expectAccessible } from "../../support/accessibility.js";
import { addFirstPasskey, askForPasskey, offered, PasskeyDevice, passkeys } from "../../support/passkeys.js";
import { administrator, enter, newcomer, welcome } from "../../support/people.js";
import { expectNoWiderThanTheScreen } from "../../support/screen.js";

test("a passkey is added and used on the phone itself", async ({ page, browser }) => {
  const betty = { name: "Betty Holberton", email: "betty.holberton@example.org", password: "six women and one ENIAC" };
  await enter(page, administrator);
  const theirs = await newcomer(page, browser, betty);
  const device = await PasskeyDevice.of(theirs);
  await theirs.goto("/account");
  await theirs.getByRole("button", { name: "Add a passkey" }).click();
  await expectAccessible(theirs);
  await expectNoWiderThanTheScreen(theirs);
  await theirs.keyboard.press("Escape");
  await addFirstPasskey(theirs, device);
  await expect(passkeys(theirs).getByRole("listitem")).toContainText("Android device");
  await expectAccessible(theirs);
  await expectNoWiderThanTheScreen(theirs);

  await theirs.context().clearCookies();
  await theirs.goto("/sign-in");
  await expectAccessible(theirs);
  await expectNoWiderThanTheScreen(theirs);
  await offered(theirs);
  await device.touch(async () => {
    await askForPasskey(theirs);
    await welcome(theirs, betty);
  });
});
