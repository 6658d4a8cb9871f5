// The editor hastened: saves by itself, guesses the language, adds rows in place, and keeps
// in this browser what could not be saved. Without it every button does the same.
import { suggest } from "./typeahead.js";

const form = document.querySelector("form[data-save]");
const status = document.querySelector("#saved");
const words = JSON.parse(form.dataset.words);
const version = form.elements.version;
const PAUSE = 2500;
let timer = 0;
let saving = false;
let changed = false;

const kept = () => `draft:${form.dataset.draft}`;
const typed = () => new URLSearchParams(new FormData(form));

function say(sentence) {
  status.textContent = sentence;
}

function keep() {
  try {
    localStorage.setItem(kept(), typed().toString());
  } catch { /* a full or forbidden store: the form itself still holds the words */ }
}

function forget() {
  try {
    localStorage.removeItem(kept());
  } catch { /* as above */ }
}

function moved({ address, version: number }) {
  version.value = number;
  if (!address) return;
  forget();
  form.action = address;
  form.dataset.save = `${address}/saved`;
  form.dataset.draft = address.split("/").pop();
  history.replaceState(null, "", address);
}

async function save() {
  if (saving) return later();
  saving = true;
  changed = false;
  say(words.saving);
  try {
    const answer = await fetch(form.dataset.save, { method: "POST", body: typed() });
    if (answer.status === 409) return say(words.other);
    if (!answer.ok) throw new Error(answer.status);
    moved(await answer.json());
    if (!changed) forget();
    say(words.saved);
  } catch {
    keep();
    say(words.offline);
  } finally {
    saving = false;
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

form.addEventListener("input", () => {
  changed = true;
  keep();
  later();
});
form.addEventListener("submit", () => clearTimeout(timer));
window.addEventListener("online", () => changed && save());

// What was typed last time and never arrived comes back into an empty or older form.
function restore() {
  let last = null;
  try {
    last = localStorage.getItem(kept());
  } catch { return; }
  if (!last) return;
  const before = new URLSearchParams(last);
  if (before.get("text") === form.elements.text.value && (before.get("title") ?? "") === (form.elements.title?.value ?? "")) return forget();
  for (const [name, value] of before) {
    const field = form.elements[name];
    if (!field || name === "version" || field instanceof RadioNodeList) {
      for (const one of field instanceof RadioNodeList ? field : []) {
        if (one.type === "radio" || one.type === "checkbox") one.checked ||= one.value === value;
      }
    } else if (field.type === "checkbox") field.checked = true;
    else if (!field.value || ["title", "text", "source_revision"].includes(name)) field.value = value;
  }
  say(words.restored);
  later();
}

// The language, as long as the author has not chosen one.
const language = form.elements.language;
let chosen = language.value !== "";
let guessing = 0;
language.addEventListener("change", () => { chosen = true; });
form.elements.text.addEventListener("input", () => {
  clearTimeout(guessing);
  if (!chosen) guessing = setTimeout(guess, 1200);
});

async function guess() {
  const text = form.elements.text.value;
  if (text.length < 40) return;
  try {
    const answer = await fetch(form.dataset.guess, { method: "POST", body: new URLSearchParams({ text: text.slice(0, 5000) }) });
    const { language: tag } = await answer.json();
    if (!chosen && tag !== "und") language.value = tag;
  } catch { /* the server finds out when the story is saved */ }
}

// One more row: the last one again, empty, with the next number.
function renumber(row, list, index) {
  const old = new RegExp(`${list}-\\d+`, "g");
  for (const one of [row, ...row.querySelectorAll("*")]) {
    for (const name of ["id", "name", "for", "aria-describedby", "data-chosen", "data-products-of", "value"]) {
      if (name === "value" && one.name !== "remove") continue;
      const value = one.getAttribute(name);
      if (value) one.setAttribute(name, value.replace(old, `${list}-${index}`));
    }
  }
}

function another(list) {
  const rows = document.querySelectorAll(`[data-rows="${list}"] > fieldset.group`);
  const last = rows[rows.length - 1];
  const index = Number(last.id.split("-").pop()) + 1;
  const row = last.cloneNode(true);
  for (const one of row.querySelectorAll(".suggestions, .error, .namesakes")) one.remove();
  for (const one of row.querySelectorAll(".wrong")) one.classList.remove("wrong");
  for (const one of row.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  for (const one of row.querySelectorAll("[data-ready]")) delete one.dataset.ready;
  renumber(row, list, index);
  row.querySelector("legend").textContent = last.querySelector("legend").textContent.replace(/[\d\u0660-\u0669]+/, String(list === "mentions" ? index + 1 : index + 1));
  for (const field of row.querySelectorAll("input, textarea, select")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = field.defaultChecked = false;
    else if (field.type !== "select-one") field.value = field.defaultValue = "";
    else field.selectedIndex = Math.max([...field.options].findIndex((each) => each.defaultSelected), 0);
  }
  last.after(row);
  suggest(row, form.dataset.suggestions);
  row.querySelector("input, select, textarea").focus();
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-another]");
  if (!button) return;
  event.preventDefault();
  another(button.dataset.another);
});

restore();
suggest(form, form.dataset.suggestions);
