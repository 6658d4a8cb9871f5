// Suggestions under a field, by the pattern of an editable combobox.
const PAUSE = 150;
const MOST = 8;

// What an address of the directory has to offer for the words.
export async function found(address, words, more = {}) {
  const answer = await fetch(`${address}?${new URLSearchParams({ q: words, ...more })}`);
  return (await answer.json()).items;
}

// A country in the reader's language; its code where the browser has no name for it.
const countries = new Intl.DisplayNames([document.documentElement.lang], { type: "region" });
const country = (code) => { try { return countries.of(code); } catch { return code; } };

// Companies under the fields of a form. What is chosen puts its id into the hidden field
// beside; typing on takes it out.
export function suggest(within, address) {
  for (const field of within.querySelectorAll("[data-suggest]")) {
    const hidden = document.querySelector(`input[data-chosen="${field.name}"]`);
    field.addEventListener("input", (event) => {
      if (hidden && event.isTrusted) hidden.value = "";
    });
    attach(field, (words) => found(address, words), (item) => {
      field.value = item.name;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      if (hidden) hidden.value = item.id;
    });
  }
  for (const field of within.querySelectorAll("[data-products-of]")) suggestProducts(field);
}

// Products of the company that stands in another field, by its id if it was chosen; in a
// field with one on each line.
function suggestProducts(field) {
  const of = () => {
    const name = field.dataset.productsOf;
    const hidden = document.querySelector(`input[data-chosen="${name}"]`);
    return hidden?.value || document.querySelector(`[name="${name}"]`).value.trim();
  };
  attach(field, async (words) => {
    const company = of();
    return company ? found("/api/v1/products", words, { company }) : [];
  }, (item) => {
    const { start, end } = lineOf(field);
    field.setRangeText(item.name, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// Where the line begins and ends in which the caret stands.
function lineOf(field) {
  const { value, selectionEnd: at } = field;
  const end = value.indexOf("\n", at);
  return { start: value.lastIndexOf("\n", at - 1) + 1, end: end < 0 ? value.length : end };
}

// A field of several lines is no combobox to a screen reader, but a text box with a list.
function typed(field) {
  if (field.localName !== "textarea") return field.value.trim();
  const { start, end } = lineOf(field);
  return field.value.slice(start, end).trim();
}

// `find` gives items with a name, `choose` takes the one that was chosen. Returns what asks
// for what stands there already.
export function attach(field, find, choose) {
  if (field.dataset.ready) return () => {};
  let items = [];
  const list = document.createElement("ul");
  list.id = `${field.id}-list`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  field.after(list);
  field.dataset.ready = "yes";
  const combines = field.localName === "input";
  if (combines) field.setAttribute("role", "combobox");
  const expand = (open) => { if (combines) field.setAttribute("aria-expanded", String(open)); };
  expand(false);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let timer = 0;
  let at = -1;

  const close = () => {
    list.hidden = true;
    at = -1;
    expand(false);
    field.removeAttribute("aria-activedescendant");
  };

  const take = (option) => {
    close();
    choose(items[[...list.children].indexOf(option)]);
  };

  const point = (to) => {
    const options = [...list.children];
    at = (to + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    field.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };

  const show = () => {
    list.replaceChildren(...items.map((item, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      const name = document.createElement("bdi");
      name.textContent = item.name;
      const more = document.createElement("small");
      more.textContent = [item.company?.name, item.domain, item.country && country(item.country)].filter(Boolean).join(" · ");
      option.append(name, " ", more);
      return option;
    }));
    list.hidden = items.length === 0;
    expand(items.length > 0);
    at = -1;
  };

  const ask = async () => {
    const words = typed(field);
    if (words.length < 2) return close();
    try {
      const offered = await find(words);
      if (document.activeElement !== field || typed(field) !== words) return;
      items = offered.slice(0, MOST);
      show();
    } catch { close(); }
  };

  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.isTrusted && !event.isComposing) timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("compositionend", () => { timer = setTimeout(ask, PAUSE); });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) take(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  return ask;
}
