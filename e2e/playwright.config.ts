// What `cargo xtask test` sets: where Matrice serves, the link that makes its first administrator, and the
// browser, where it is not Playwright's own.
import { defineConfig, devices } from "@playwright/test";

const executablePath = process.env["CHROME_PATH"];

export default defineConfig({
  testDir: "specs",
  outputDir: "test-results",
  // One application and one database: tests run one after the other, in the order of their files' names.
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  reporter: "list",
  use: {
    baseURL: process.env["MATRICE_URL"] ?? "http://127.0.0.1:3000",
    locale: "en",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Nothing of the browser's own goes out to the network.
      args: ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    },
  },
  projects: [
    { name: "set-up", testMatch: "set-up.setup.ts" },
    { name: "desktop", use: { ...devices["Desktop Chrome"] }, dependencies: ["set-up"], testIgnore: "phone/**" },
    { name: "phone", use: { ...devices["Pixel 7"] }, dependencies: ["desktop"], testMatch: "phone/**" },
  ],
});
