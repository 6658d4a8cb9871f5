// Boxes over a picture, drawn by pointer or keyboard. The numbers below the picture are
// what is sent; without this they are typed.
const form = document.querySelector("form.covering");
const canvas = form.querySelector("svg.canvas");
const status = form.querySelector("[role=status]");
const words = JSON.parse(form.dataset.words);
const PARTS = ["left", "top", "width", "height"];
const STEP = 1;
const LEAST = 0.5;
let drawn = null;

const fields = (n) => PARTS.map((part) => form.elements[`boxes-${n}-${part}`]);
const rows = () => [...form.querySelectorAll("fieldset.group")].map((_, n) => n);
const round = (value) => Math.round(value * 10) / 10;
const within = (value, least, most) => Math.min(Math.max(value, least), most);

function numbers(n) {
  return fields(n).map((field) => (field.value === "" ? NaN : Number(field.value)));
}

function rectangle(n) {
  return canvas.querySelector(`rect[data-box="${n}"]`);
}

function show(n) {
  const [left, top, width, height] = numbers(n);
  if (!(width > 0 && height > 0 && left >= 0 && top >= 0)) {
    rectangle(n)?.remove();
    return;
  }
  const box = rectangle(n) ?? made(n);
  box.setAttribute("x", `${left}%`);
  box.setAttribute("y", `${top}%`);
  box.setAttribute("width", `${width}%`);
  box.setAttribute("height", `${height}%`);
}

function made(n) {
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  box.dataset.box = n;
  canvas.append(named(box));
  return box;
}

function named(box) {
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "button");
  const name = words.box.replace("{n}", Number(box.dataset.box) + 1);
  box.setAttribute("aria-label", `${name}. ${words.help}`);
  return box;
}

function put(n, box) {
  const [left, top] = [within(box[0], 0, 100 - LEAST), within(box[1], 0, 100 - LEAST)];
  const width = within(box[2], LEAST, 100 - left);
  const height = within(box[3], LEAST, 100 - top);
  [left, top, width, height].forEach((value, at) => {
    fields(n)[at].value = round(value);
  });
  show(n);
}

function takeAway(n) {
  for (const field of fields(n)) field.value = "";
  show(n);
}

function free() {
  const found = rows().find((n) => fields(n).every((field) => field.value === ""));
  return found ?? more();
}

function more() {
  const last = [...form.querySelectorAll("fieldset.group")].at(-1);
  const n = rows().length;
  const next = last.cloneNode(true);
  next.id = `boxes-${n}`;
  next.querySelector("legend").textContent = words.box.replace("{n}", n + 1);
  next.querySelectorAll("input").forEach((field, at) => {
    field.name = field.id = `boxes-${n}-${PARTS[at]}`;
    field.value = "";
  });
  next.querySelectorAll("label").forEach((label, at) => {
    label.htmlFor = `boxes-${n}-${PARTS[at]}`;
  });
  last.after(next);
  return n;
}

function at(event) {
  const place = new DOMPoint(event.clientX, event.clientY);
  const { x, y } = place.matrixTransform(canvas.getScreenCTM().inverse());
  const { width, height } = canvas.viewBox.baseVal;
  return [within((100 * x) / width, 0, 100), within((100 * y) / height, 0, 100)];
}

function begin(event) {
  if (event.button !== 0) return;
  const [x, y] = at(event);
  const box = event.target.closest("rect");
  const n = box ? Number(box.dataset.box) : free();
  drawn = { n, from: [x, y], box: box ? numbers(n) : null };
  canvas.setPointerCapture(event.pointerId);
}

function go(event) {
  if (!drawn) return;
  const [[x, y], [a, b]] = [at(event), drawn.from];
  if (drawn.box) {
    const [left, top, width, height] = drawn.box;
    put(drawn.n, [
      within(left + x - a, 0, 100 - width), within(top + y - b, 0, 100 - height), width, height,
    ]);
  } else if (Math.abs(x - a) > LEAST || Math.abs(y - b) > LEAST) {
    put(drawn.n, [Math.min(a, x), Math.min(b, y), Math.abs(x - a), Math.abs(y - b)]);
  }
}

function end() {
  if (drawn) rectangle(drawn.n)?.focus();
  drawn = null;
}

const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

function press(event) {
  const box = event.target.closest("rect");
  if (!box) return;
  const n = Number(box.dataset.box);
  const [left, top, width, height] = numbers(n);
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    takeAway(n);
    form.querySelector("[data-add]").focus();
    return;
  }
  const move = MOVES[event.key];
  if (!move) return;
  event.preventDefault();
  if (event.shiftKey) put(n, [left, top, width + move[0], height + move[1]]);
  else put(n, [within(left + move[0], 0, 100 - width), within(top + move[1], 0, 100 - height), width, height]);
  status.textContent = numbers(n).join(" · ");
}

function add() {
  const n = free();
  put(n, [40, 40, 20, 10]);
  rectangle(n).focus();
}

canvas.classList.add("live");
form.querySelectorAll(".drawn").forEach((part) => { part.hidden = false; });
form.querySelector("details").open = Boolean(form.querySelector("#problems"));
canvas.querySelectorAll("rect").forEach(named);
canvas.addEventListener("pointerdown", begin);
canvas.addEventListener("pointermove", go);
canvas.addEventListener("pointerup", end);
canvas.addEventListener("pointercancel", end);
canvas.addEventListener("keydown", press);
form.querySelector("[data-add]").addEventListener("click", add);
form.addEventListener("input", (event) => {
  const found = /^boxes-(\d+)-/.exec(event.target.name);
  if (found) show(Number(found[1]));
});
