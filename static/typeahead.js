// Suggestions under a field from the directory of companies, by the pattern of an editable
// combobox. What is chosen puts its id into the hidden field beside; typing on takes it out.
const PAUSE = 150;

export function suggest(within, address) {
  for (const field of within.querySelectorAll("[data-suggest]")) {
    if (!field.dataset.ready) attach(field, address);
  }
}

function attach(field, address) {
  const list = document.createElement("ul");
  list.id = `${field.id}-list`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  field.after(list);
  field.dataset.ready = "yes";
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  const hidden = document.querySelector(`input[data-chosen="${field.name}"]`);
  let timer = 0;
  let at = -1;

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const choose = (option) => {
    field.value = option.dataset.name;
    if (hidden) hidden.value = option.dataset.id;
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (hidden) hidden.value = option.dataset.id;
  };

  const point = (to) => {
    const options = [...list.children];
    at = (to + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    field.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };

  const show = (items) => {
    list.replaceChildren(...items.map((item, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.dataset.id = item.id;
      option.dataset.name = item.name;
      const name = document.createElement("bdi");
      name.textContent = item.name;
      const more = document.createElement("small");
      more.textContent = [item.domain, item.country].filter(Boolean).join(" · ");
      option.append(name, " ", more);
      return option;
    }));
    list.hidden = items.length === 0;
    field.setAttribute("aria-expanded", String(items.length > 0));
    at = -1;
  };

  const ask = async () => {
    const words = field.value.trim();
    if (words.length < 2) return close();
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`);
      const found = await answer.json();
      if (document.activeElement === field && field.value.trim() === words) show(found.items.slice(0, 8));
    } catch { close(); }
  };

  field.addEventListener("input", (event) => {
    if (hidden && event.isTrusted) hidden.value = "";
    clearTimeout(timer);
    if (event.isTrusted && !event.isComposing) timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("compositionend", () => { timer = setTimeout(ask, PAUSE); });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option);
  });
}
