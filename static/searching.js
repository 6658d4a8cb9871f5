// Companies and products offered under a search field; the one that is chosen is opened.
import { attach, found } from "./typeahead.js";

async function offered(words) {
  const kinds = ["companies", "products"];
  const lists = await Promise.all(kinds.map((kind) => found(`/api/v1/${kind}`, words)));
  return lists.flatMap((items, index) => items.slice(0, 4).map((item) => ({ ...item, kind: kinds[index] })));
}

export function offer(field) {
  const ask = attach(field, offered, ({ kind, id }) => {
    location.assign(`/${document.documentElement.lang}/${kind}/${id}`);
  });
  ask(); // what was typed while this was on its way
}
