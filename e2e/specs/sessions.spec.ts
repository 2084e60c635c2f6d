import { expect, test } from "@playwright/test";

import { administrator, createUser, elsewhere, enter, signIn, type Person } from "../support/people.js";

const margaret: Person = { name: "Margaret Hamilton", email: "margaret@example.org", password: "priority displays first" };
const marjorie: Person = { name: "Marjorie Lee Browne", email: "marjorie@example.org", password: "orbits of project vanguard" };

test("a session that its owner ends is over at once", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, margaret);
  const here = await elsewhere(browser, margaret);
  const there = await elsewhere(browser, margaret);

  await here.goto("/account");
  const sessions = here.getByRole("region", { name: "Where you are signed in" });
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await expect(sessions.getByText("This one")).toHaveCount(1);
  await sessions.getByRole("button", { name: /^End the session on / }).click();
  await expect(here.getByText(/^The session on .+ has ended$/)).toBeVisible();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await expect(sessions.getByRole("button", { name: "End all others" })).toBeHidden();

  await there.getByRole("link", { name: "My account" }).first().click();
  await expect(there.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  await signIn(there, margaret);
  await expect(there.getByRole("heading", { level: 1, name: "My account" })).toBeVisible();
  await here.reload();
  await sessions.getByRole("button", { name: "End all others" }).click();
  const question = here.getByRole("dialog", { name: "End all other sessions?" });
  await question.getByRole("button", { name: "End all others" }).click();
  await expect(here.getByText("All other sessions have ended")).toBeVisible();
  await expect(question).toBeHidden();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await there.reload();
  await expect(there.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});

test("an administrator sees where somebody is signed in, and ends it at once", async ({ page, browser }) => {
  await enter(page, administrator);
  await page.getByRole("link", { name: "Users", exact: true }).click();
  await createUser(page, marjorie);
  await page.getByRole("link", { name: marjorie.name }).click();
  const sessions = page.getByRole("region", { name: "Where it is signed in" });
  await expect(sessions.getByText("Nowhere at the moment.")).toBeVisible();
  const here = await elsewhere(browser, marjorie);
  const there = await elsewhere(browser, marjorie);

  await page.reload();
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await sessions.getByRole("button", { name: /^End the session on / }).first().click();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await sessions.getByRole("button", { name: "End all", exact: true }).click();
  const question = page.getByRole("dialog", { name: "End all sessions of this account?" });
  await question.getByRole("button", { name: "End all", exact: true }).click();
  await expect(page.getByText("All sessions of the account have ended")).toBeVisible();
  await expect(sessions.getByText("Nowhere at the moment.")).toBeVisible();
  for (const theirs of [here, there]) {
    await theirs.reload();
    await expect(theirs.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  }
});
