// Starts the application; where that fails, says so instead of staying blank.
import init from "./app.js";

init().catch((error) => {
  console.error(error);
  document.getElementById("boot-failed")?.removeAttribute("hidden");
  document.getElementById("boot-waiting")?.setAttribute("hidden", "");
});
