import { expect, type Page } from "@playwright/test";

import { expectAccessible } from "../support/accessibility.js";
import { test } from "../support/application.js";
import { registered } from "../support/applications.js";
import { askForAccount, askForLink, openMail } from "../support/mail.js";
import { acceptAccount, administrator, enter, invite } from "../support/people.js";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("signing in and the unknown page", async ({ page }) => {
      await page.goto("/sign-in");
      await settled(page, "Sign in");
      await expect(page.getByRole("button", { name: "Continue with Example ID" })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page.getByText("Enter a password.")).toBeVisible();
      await expectAccessible(page);
      await page.goto("/setup");
      await settled(page, "This link is incomplete");
      await expectAccessible(page);
    });

    test("a forgotten password", async ({ page }) => {
      await page.goto("/forgot-password");
      await settled(page, "Forgotten your password?");
      await expectAccessible(page);
      await askForLink(page, "reader@example.org");
      await expectAccessible(page);
      await page.goto("/reset-password");
      await settled(page, "This link is incomplete");
      await expectAccessible(page);
      await page.goto("/reset-password#token=mtl_unknown");
      await settled(page, "Choose a new password");
      await expectAccessible(page);
      await page.getByLabel("New password").fill("correct horse battery staple");
      await page.getByRole("button", { name: "Change password" }).click();
      await settled(page, "This link no longer works");
      await expectAccessible(page);
    });

    test("an account of one's own", async ({ page }) => {
      await page.goto("/sign-up");
      await settled(page, "Create your account");
      await expect(page.getByRole("button", { name: "Continue with Example ID" })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Send me the link" }).click();
      await expect(page.getByText("Enter an e-mail address.")).toBeVisible();
      await expectAccessible(page);
      await askForAccount(page, "newcomer@example.org");
      await expectAccessible(page);
      await page.goto("/sign-up#token=mtl_unknown");
      await settled(page, "Finish creating your account");
      await expectAccessible(page);
      await acceptAccount(page, { ...administrator, name: "Nobody" });
      await settled(page, "This link no longer works");
      await expectAccessible(page);
    });

    test("the proof of an address", async ({ page }) => {
      await page.goto("/confirm-email");
      await settled(page, "This link is incomplete");
      await expectAccessible(page);
      await page.goto("/confirm-email#token=mtl_unknown");
      await settled(page, "Is this your address?");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Confirm my address" }).click();
      await settled(page, "This link no longer works");
      await expectAccessible(page);
    });

    test("every page of the signed-in part", async ({ page }) => {
      await enter(page, administrator);
      await expectAccessible(page);
      await page.goto("/account");
      await settled(page, "My account");
      await expect(page.getByText("This one")).toBeVisible();
      await expectAccessible(page);
      for (const question of ["Change address", "Delete my account"]) {
        await page.getByRole("button", { name: question }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toBeHidden();
      }
      await page.goto("/nowhere");
      await settled(page, "Page not found");
      await expectAccessible(page);
      await page.goto("/users?sort=created_at");
      await expect(page.getByRole("cell", { name: administrator.email })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "New user" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: administrator.name }).first().click();
      await expect(page).toHaveURL(/\/users\/[0-9a-f-]{36}$/);
      await settled(page, administrator.name);
      await expectAccessible(page);
    });

    test("the roles", async ({ page }) => {
      await enter(page, administrator);
      await page.goto("/roles");
      await settled(page, "Roles");
      await expect(page.getByRole("switch")).toHaveCount(2);
      await expectAccessible(page);
      await page.getByRole("switch").last().click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
    });

    test("API keys", async ({ page }) => {
      await enter(page, administrator);
      await page.goto("/account/api-keys");
      await settled(page, "API keys");
      await page.getByRole("button", { name: "New API key" }).click();
      const dialog = page.getByRole("dialog", { name: "New API key" });
      await expect(dialog).toBeVisible();
      await expectAccessible(page);
      await dialog.getByLabel("Name").fill(`Only ${colorScheme}`);
      await dialog.getByLabel("Read the security log").check();
      await dialog.getByRole("button", { name: "Create key" }).click();
      await expect(page.getByRole("heading", { level: 2, name: "Copy the key" })).toBeVisible();
      await expect(page.getByRole("listitem").filter({ hasText: `Only ${colorScheme}` })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: `Delete the key Only ${colorScheme}` }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
    });

    test("the security log and one’s own activity", async ({ page }) => {
      await enter(page, administrator);
      await page.goto("/security");
      await expect(page.getByRole("row", { name: "Sign-in" }).first()).toBeVisible();
      await expectAccessible(page);
      await page.goto("/security?kind=other_sessions_ended&outcome=refused");
      await expect(page.getByText("No event matches")).toBeVisible();
      await expectAccessible(page);
      await page.goto("/account/activity");
      await settled(page, "Activity");
      await expect(page.getByText(/events? on this page$/)).toBeVisible();
      await expectAccessible(page);
    });

    test("the invitations", async ({ page }) => {
      await enter(page, administrator);
      await page.goto("/users/invitations");
      await settled(page, "Invitations");
      await invite(page, "guest@example.org");
      await expect(page.getByRole("row", { name: "guest@example.org" })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Invite", exact: true }).click();
      await expect(page.getByRole("dialog").getByRole("checkbox").first()).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Withdraw the invitation to guest@example.org" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
      await expect(page.getByText("No open invitations")).toBeVisible();
      await expectAccessible(page);
    });

    test("applications, and signing in to one", async ({ page, application }) => {
      await enter(page, administrator);
      await page.goto("/applications/new");
      await settled(page, "New application");
      await page.getByRole("button", { name: "Create application" }).click();
      await expect(page.getByText("Enter a name.")).toBeVisible();
      await expectAccessible(page);
      const name = `Wiki, ${colorScheme}`;
      await registered(page, application, name);
      await expectAccessible(page);
      await page.getByRole("link", { name: "See its settings" }).click();
      await settled(page, name);
      await expectAccessible(page);
      await page.getByRole("button", { name: "Delete application" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
      await page.goto("/applications");
      await expect(page.getByRole("row", { name })).toBeVisible();
      await expectAccessible(page);

      await page.goto(`${application.url}/sign-in`);
      await settled(page, `Sign in to ${name}?`);
      await expectAccessible(page);
      await page.getByRole("button", { name: "Allow" }).click();
      await expect(page).toHaveURL(`${application.url}/`);
      await page.goto("/account");
      await expect(page.getByRole("button", { name: `Withdraw the access of ${name}` })).toBeVisible();
      await expectAccessible(page);
      await page.goto(`${application.url}/sign-out?without-hint`);
      await settled(page, `${name}: sign out of Matrice too?`);
      await expectAccessible(page);
      await page.goto("/authorize");
      await settled(page, "This application can’t sign you in");
      await expectAccessible(page);
      await page.goto("/sign-out");
      await page.getByRole("button", { name: "Sign out", exact: true }).click();
      await settled(page, "You are signed out");
      await expectAccessible(page);
    });

    test("the outbox", async ({ page }) => {
      await askForLink(page, administrator.email);
      await enter(page, administrator);
      await page.goto("/mail");
      await expect(page.getByRole("cell", { name: administrator.email }).first()).toBeVisible();
      await expectAccessible(page);
      await openMail(page, administrator.email, "Choose a new password");
      await expectAccessible(page);
      await page.goto("/mail?recipient=nobody");
      await expect(page.getByText("Enter the whole address")).toBeVisible();
      await expectAccessible(page);
    });
  });
}

async function settled(page: Page, heading: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}
