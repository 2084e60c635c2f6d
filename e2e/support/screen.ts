// What fits on the screen, and where the focus is.
import { expect, type Page } from "@playwright/test";

/** Nothing has to be scrolled sideways. */
export async function expectNoWiderThanTheScreen(page: Page): Promise<void> {
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overhang, page.url()).toBeLessThanOrEqual(0);
}

/** What had the focus is gone: reading goes on at the list that it was in. */
export async function expectFocusOnList(page: Page): Promise<void> {
  await expect(page.getByRole("main").locator("div[tabindex='-1']:focus")).toBeVisible();
}
