// The proof of who is there that the API asks for once the last one is ten minutes old.
import { expect, type Locator, type Page } from "@playwright/test";

import type { Person } from "./people.js";

/** Has the next request to `path`, a glob, refused as it is when the last proof is too old: the application's clock stays. */
export async function tenMinutesLater(page: Page, path: string): Promise<void> {
  const code = "proof_required";
  const problem = { type: `urn:matrice:problem:${code}`, title: "Prove again who you are", status: 403, code, request_id: "r" };
  await page.route(
    `**${path}`,
    (route) => route.fulfill({ status: 403, contentType: "application/problem+json", json: problem }),
    { times: 1 },
  );
}

/** The question for it. */
export function proofOf(page: Page): Locator {
  return page.getByRole("dialog", { name: "Confirm that it’s you" });
}

/** Answers it with the password. */
export async function prove(page: Page, person: Person): Promise<void> {
  const proof = proofOf(page);
  await proof.getByLabel("Current password").fill(person.password);
  await proof.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(proof).toBeHidden();
}
