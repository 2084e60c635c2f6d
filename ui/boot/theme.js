// Sets the theme before the first paint, so that nobody sees the wrong one flash by. Runs in the head,
// blocking, as a file of its own: the content security policy allows no inline script.
try {
  const theme = localStorage.getItem("matrice.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme it is.
}
