// What fits on the screen.
import { expect, type Page } from "@playwright/test";

/** Nothing has to be scrolled sideways. */
export async function expectNoWiderThanTheScreen(page: Page): Promise<void> {
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overhang, page.url()).toBeLessThanOrEqual(0);
}
