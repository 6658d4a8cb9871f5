// Single keys at a representative's desk. They can be switched off, do nothing where
// somebody types, and `?` tells them all.
const dialog = document.querySelector("#keys");
const opener = document.querySelector("#keys-open");
const box = dialog.querySelector("input");
const NAME = "desk-keys";
let on = true;
try {
  on = localStorage.getItem(NAME) !== "off";
} catch {
  // nothing is kept here: the keys work until the page is left
}
box.checked = on;
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());
box.addEventListener("change", () => {
  on = box.checked;
  try {
    localStorage.setItem(NAME, on ? "on" : "off");
  } catch {
    // as above
  }
});

const cards = [...document.querySelectorAll(".card:has(.pick)")];
const here = () => cards.findIndex((card) => card.contains(document.activeElement));
const go = (step) => {
  const at = here();
  const next = at < 0 ? (step > 0 ? 0 : cards.length - 1) : at + step;
  cards[next]?.querySelector("h3 a").focus();
};
const press = (selector) => {
  (cards[here()] ?? document).querySelector(selector)?.click();
};
const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  x: () => cards[here()]?.querySelector(".pick input").click(),
  a: () => press("[data-key=answer]"),
  n: () => press("[data-key=note]"),
  "/": () => document.querySelector("#desk-q")?.focus(),
  "?": () => dialog.showModal(),
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!on || dialog.open || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest("textarea, select, [contenteditable]")) return;
  if (target.matches("input:not([type=checkbox], [type=radio])")) return;
  if (!Object.hasOwn(KEYS, key)) return;
  event.preventDefault();
  KEYS[key]();
});
