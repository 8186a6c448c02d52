// Prints one conversation alone, whatever the page around it: a copy of it takes the place of the page on paper.

import { h } from "./dom.js";

const ALONE = "@media print { body > :not([data-balise-print]) { display: none !important } }";
const UNSEEN = "@media screen { [data-balise-print] { display: none !important } }";

/** Print a log with these styles; the page is as it was afterwards. */
export function print(log, sheet, language) {
  const copy = log.cloneNode(true);
  for (const folded of copy.querySelectorAll("details")) folded.open = true;
  const paper = h("div", { "data-balise-print": true, lang: language });
  const root = paper.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  root.append(h("div", { class: "paper" }, copy));
  const page = new CSSStyleSheet();
  page.replaceSync(ALONE + UNSEEN);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
  document.body.append(paper);
  const restore = () => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== page);
  };
  addEventListener("afterprint", restore, { once: true });
  window.print();
}
