// What hastens every page. Menus close on Escape, on a click beside them, and when another
// opens; a search field offers companies and products.
const open = () => document.querySelectorAll(".menu[open]");

document.addEventListener("click", ({ target }) => {
  for (const menu of open()) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("focusin", async ({ target }) => {
  if (!target.matches('[role="search"] [name="q"]') || target.dataset.ready) return;
  const { offer } = await import("./searching.js");
  offer(target);
});
