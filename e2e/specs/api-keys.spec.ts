import { expect, test, type Locator, type Page } from "@playwright/test";

import { administrator, createUser, elsewhere, enter, type Person } from "../support/people.js";

const katherine: Person = { name: "Katherine Johnson", email: "katherine@example.org", password: "get the numbers checked" };
const day = 24 * 60 * 60 * 1000;

test("a key is made, used, and refused once it is deleted", async ({ page, context, request }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await enter(page, administrator);
  await page.getByRole("link", { name: "My account" }).first().click();
  await page.getByRole("link", { name: "Manage API keys" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API keys" })).toBeFocused();

  await page.getByRole("button", { name: "New API key" }).click();
  const dialog = page.getByRole("dialog", { name: "New API key" });
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Enter a name.")).toBeVisible();
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await dialog.getByLabel("Name").fill("Nightly export");
  await dialog.getByLabel("See accounts and their roles").check();
  await dialog.getByText("30 days", { exact: true }).click();
  await expect(dialog.getByText(/^It works until .+\.$/)).toBeVisible();
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog).toBeHidden();

  const made = shown(page, "Nightly export");
  await expect(made.getByRole("heading")).toBeFocused();
  await expect(made).toContainText("It won’t be shown again.");
  await expect(made.locator("code")).toHaveText(/^curl -H "Authorization: Bearer \$MATRICE_API_KEY" http.+\/api\/core\/v1\/me$/);
  const token = await made.getByText(/^mtk_/).innerText();
  await made.getByRole("button", { name: "Copy the key" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);

  const headers = { authorization: `Bearer ${token}` };
  const me = await request.get("/api/core/v1/me", { headers });
  expect(me.status()).toBe(200);
  expect(await me.json()).toMatchObject({ email: administrator.email, permissions: ["users:read"] });
  expect((await request.get("/api/core/v1/roles", { headers })).status()).toBe(403);

  await made.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(token)).toBeHidden();
  await page.reload();
  const item = page.getByRole("main").getByRole("listitem").filter({ hasText: "Nightly export" });
  await expect(item).toContainText("See accounts and their roles");
  await expect(item).toContainText(/Last used .+ from /);
  await expect(page.getByText(token)).toBeHidden();

  await page.getByRole("button", { name: "Delete the key Nightly export" }).click();
  const question = page.getByRole("dialog", { name: "Delete the key “Nightly export”?" });
  await question.getByRole("button", { name: "Delete key" }).click();
  await expect(page.getByText("The key “Nightly export” is deleted")).toBeVisible();
  await expect(question).toBeHidden();
  await expect(item).toBeHidden();
  const refused = await request.get("/api/core/v1/me", { headers });
  expect(refused.status()).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "api_key_invalid" });
});

test("a key is marked before its end, and after it", async ({ page }) => {
  await enter(page, administrator);
  await page.goto("/account/api-keys");
  await make(page, "Weekly report");
  const item = page.getByRole("listitem").filter({ hasText: "Weekly report" });
  await expect(item).toContainText("Never used");
  await expect(item).not.toContainText("Expires soon");
  for (const [days, mark] of [[80, "Expires soon"], [91, "Expired"]] as const) {
    await page.clock.setFixedTime(Date.now() + days * day);
    await page.reload();
    await expect(item.getByText(mark, { exact: true })).toBeVisible();
  }
});

test("whoever may nothing can still have a key, which may nothing either", async ({ page, browser, request }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, katherine);
  const theirs = await elsewhere(browser, katherine);
  await theirs.goto("/account/api-keys");
  await expect(theirs.getByText("No API keys yet")).toBeVisible();
  await theirs.getByRole("button", { name: "New API key" }).click();
  await expect(theirs.getByRole("dialog")).toContainText("You have no permissions to pass on");
  await theirs.keyboard.press("Escape");
  await make(theirs, "Status page");
  const token = await shown(theirs, "Status page").getByText(/^mtk_/).innerText();
  const me = await request.get("/api/core/v1/me", { headers: { authorization: `Bearer ${token}` } });
  expect(await me.json()).toMatchObject({ email: katherine.email, permissions: [] });
  const item = theirs.getByRole("listitem").filter({ hasText: "Status page" });
  await expect(item).toContainText("See who you are, and no more");

  // The key that is in sight goes with its entry.
  await theirs.getByRole("button", { name: "Delete the key Status page" }).click();
  await theirs.getByRole("dialog").getByRole("button", { name: "Delete key" }).click();
  await expect(theirs.getByText("No API keys yet")).toBeVisible();
  await expect(shown(theirs, "Status page")).toBeHidden();
});

/** Makes a key of the usual length without scopes; `page` must be at the page of the keys. */
async function make(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New API key" }).click();
  const dialog = page.getByRole("dialog", { name: "New API key" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog).toBeHidden();
}

/** Where the key is, this once. */
function shown(page: Page, name: string): Locator {
  return page.getByRole("region", { name: `Copy the key “${name}” now` });
}
