// What an answer rests on: the text of its statements with links to their sources, and the sources themselves.

import { h, icon } from "./dom.js";
import { at } from "./stream.js";
import { LOCALES } from "./words.js";

const VIEWER = /^\/documents\/[^\\]*$/;
const LONGEST_QUOTE = 140;
const CITED = "\uE000"; // parts the pieces of a text; it stands for nothing else

/** Where a citation opens, for English pages too; "" for anything that is not a page of the source viewer. */
export function address(citation, { base, say }) {
  if (!VIEWER.test(citation.url)) return "";
  const url = new URL(at(base, citation.url.slice(1)));
  if (say.language === "en") url.searchParams.set("lang", "en");
  return url.href;
}

/** The name of a document and the page, in a few words. */
export function named(citation, { say, documents }) {
  const title = documents.get(citation.document)?.short_title ?? citation.title;
  return citation.page === null ? title : `${title}, ${say("page", { n: citation.page })}`;
}

/** The language that the document of a citation is in. */
export function languageOf(citation, { documents }) {
  return LOCALES[documents.get(citation.document)?.language ?? "fr"];
}

/** What a source is worth: who speaks, for when, and whether it still holds; in words. */
export function worth(citation, { say, documents }) {
  const validity = citation.validity === "unknown" ? say("unknown") : citation.validity;
  const said = [say(`authority_${citation.authority}`) || citation.authority, `${say("validity")}${say.colon}${validity}`];
  return { said, historical: documents.get(citation.document)?.status === "historical" };
}

/** A statement as paragraphs and lists; `[n]` become links, French quotes in English text are marked as French. */
export function spoken(statement, answer, context) {
  const missing = statement.citations.filter((n) => !statement.text.includes(`[${n}]`));
  const text = missing.length ? `${statement.text} ${missing.map((n) => `[${n}]`).join("")}` : statement.text;
  return blocks(text).map(({ items, line }) =>
    items
      ? h("ul", { class: "said" }, items.map((item) => h("li", null, inline(item, answer, context))))
      : h("p", { class: `said ${statement.kind}` }, inline(line, answer, context)),
  );
}

function blocks(text) {
  const found = [];
  for (const line of text.split("\n").filter((one) => one.trim())) {
    const item = /^[•-] (.*)$/.exec(line)?.[1];
    if (item === undefined) found.push({ line });
    else if (found.at(-1)?.items) found.at(-1).items.push(item);
    else found.push({ items: [item] });
  }
  return found;
}

/** The text with no line broken before a French sign or inside guillemets: white space is not what is quoted. */
function tied(text) {
  return text.replace(/ (?=[:;!?»%$])/g, "\u00a0").replace(/(?<=«) /g, "\u00a0");
}

function inline(text, answer, context) {
  return quotes(tied(text), answer.language).map(({ words, quoted }) => {
    const pieces = words.replace(/( ?\[\d+\])/g, `${CITED}$1${CITED}`).split(CITED).map((piece) => mark(piece, answer, context));
    return quoted ? h("span", { lang: LOCALES.fr }, pieces) : pieces;
  });
}

/** The text cut at its outer « … » where they are quotes of French in another language. */
function quotes(text, language) {
  if (language === "fr") return [{ words: text, quoted: false }];
  const found = [];
  let depth = 0;
  for (const piece of text.split(/(?=«)|(?<=»)/)) {
    const opens = piece.startsWith("«");
    if (depth && found.length) found.at(-1).words += piece;
    else found.push({ words: piece, quoted: opens });
    depth = Math.max(0, depth + (opens ? 1 : 0) - (piece.endsWith("»") ? 1 : 0));
  }
  return found;
}

function mark(piece, answer, context) {
  const n = Number(/^ ?\[(\d+)\]$/.exec(piece)?.[1]);
  const citation = answer.citations.find((one) => one.n === n);
  return citation ? chip(citation, context) : piece;
}

/** The number of a source as a link to its place in the document. */
export function chip(citation, context) {
  const { say } = context;
  const href = address(citation, context);
  const label = say("source", { n: citation.n, title: named(citation, context) });
  const text = h("span", { class: "chip-n" }, String(citation.n));
  if (!href) return h("span", { class: "chip" }, h("span", { class: "hidden" }, label), text);
  return h("a", { class: "chip", href, target: "_blank", rel: "noopener", "aria-label": `${label} (${say("new_tab")})` }, text);
}

/** The sources by document, each with what it is worth; `whole` shows long quotes at once instead of folding them. */
export function sources(citations, context, whole) {
  const documents = new Map();
  for (const citation of citations) documents.set(citation.document, [...(documents.get(citation.document) ?? []), citation]);
  return h("ul", { class: "sources" }, [...documents.values()].map((cited) => h("li", null, source(cited, context, whole))));
}

function source(cited, context, whole) {
  const { say, documents } = context;
  const [first] = cited;
  const { said, historical } = worth(first, context);
  const distant = ["local", "unknown"].includes(first.authority);
  return [
    h("p", { class: "source-title", lang: languageOf(first, context) }, documents.get(first.document)?.short_title ?? first.title),
    h("p", { class: distant ? "worth caution" : "worth" }, distant && icon("caution"), said.join(" · ")),
    historical && h("p", { class: "worth caution" }, icon("caution"), say("historical")),
    h("ul", null, cited.map((citation) => h("li", null, passage(citation, context, whole)))),
  ];
}

/** A quote that opens at its place in the document. */
function passage(citation, context, whole) {
  const { say } = context;
  const lang = languageOf(citation, context);
  const characters = [...citation.quote];
  const long = !whole && characters.length > LONGEST_QUOTE;
  const words = long ? `${characters.slice(0, LONGEST_QUOTE).join("").replace(/[.,;:]?\s+\S*$/, "")}…` : citation.quote;
  const quote = h("q", { lang, dir: "auto" }, tied(words));
  const href = address(citation, context);
  const tab = h("span", { class: "hidden" }, ` (${say("new_tab")})`);
  return [
    h("span", { class: "source-n" }, String(citation.n)),
    h(
      "div",
      null,
      href ? h("a", { href, target: "_blank", rel: "noopener" }, quote, icon("out"), tab) : quote,
      citation.page !== null && h("span", { class: "small" }, " ", say("page", { n: citation.page })),
      long && h("details", null, h("summary", null, say("quote")), h("blockquote", { lang, dir: "auto" }, citation.quote)),
    ),
  ];
}
