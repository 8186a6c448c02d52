// <balise-chat>: a conversation in any page. All of it lives in a shadow root with a constructed style sheet and
// without inline code, so that it works under a strict content security policy. Its children stand in for it until
// this file has run.

import css from "./widget.css";
import { composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { fill, h, icon } from "./dom.js";
import { header } from "./header.js";
import { print } from "./print.js";
import { welcome } from "./welcome.js";
import { LOCALES, wording } from "./words.js";

const HERE = new URL(".", document.currentScript?.src || location.href).href;
const BODY_TYPES = ["public", "private"];
const MOST = 2000;
const HEARD = 10_000;
const PHONE = "(max-width: 600px)";
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(css);

export class BaliseChat extends HTMLElement {
  static observedAttributes = ["server", "lang", "greeting", "body-type", "position", "history", "limit", "heading-level"];

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [SHEET];
    this.leaving = () => this.conversation?.stop("left");
  }

  connectedCallback() {
    addEventListener("pagehide", this.leaving);
    this.build();
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.leaving);
    this.leaving();
  }

  attributeChangedCallback(_, before, after) {
    if (this.conversation && this.isConnected && before !== after) this.build();
  }

  /** Open the panel of a floating widget. */
  open() {
    if (!this.panel.matches("dialog:not([open])")) return;
    if (matchMedia(PHONE).matches) this.panel.showModal();
    else this.panel.show();
    this.launcher.setAttribute("aria-expanded", "true");
    this.conversation.turns.at(-1)?.element.scrollIntoView();
    this.composer.area.focus();
  }

  /** Close it; the focus goes back to what opened it. */
  close() {
    if (!this.panel.matches("dialog[open]")) return;
    this.panel.close();
    this.launcher.setAttribute("aria-expanded", "false");
    this.launcher.focus();
  }

  /** Ask a question as if it were typed; false while another is being answered. */
  ask(question) {
    const sent = this.conversation.send(question);
    if (sent) this.greet();
    else this.composer.tell(this.say("working_busy"));
    return sent;
  }

  /** Clear the conversation. */
  restart() {
    this.conversation.clear();
    this.greet();
    this.announce(this.say("restart_done"));
    this.composer.area.focus();
  }

  build() {
    this.leaving();
    const language = (this.lang || this.parentElement?.closest("[lang]")?.lang || "fr").toLowerCase().startsWith("en") ? "en" : "fr";
    const level = Math.min(4, Math.max(1, Number(this.getAttribute("heading-level")) || 2));
    this.say = wording(language);
    this.heading = (depth, { class: more = "", ...props } = {}, ...children) =>
      h(`h${level + depth}`, { class: `t${depth} ${more}`.trim(), ...props }, children);
    this.conversation = new Conversation(this.options(), this.conversation?.turns);
    this.lay();
    this.greet();
  }

  options() {
    const { say, heading } = this;
    const name = this.id || [...document.querySelectorAll("balise-chat")].indexOf(this);
    const server = this.getAttribute("server");
    const base = server ? new URL(server.endsWith("/") ? server : `${server}/`, location.href).href : HERE;
    return {
      base,
      say,
      heading,
      kept: this.getAttribute("history") ?? "tab",
      key: `balise ${base} ${name}`,
      profile: () => (BODY_TYPES.includes(this.kind) ? { body_type: this.kind } : {}),
      announce: (text) => this.announce(text),
      moved: (turn) => this.follow(turn),
      further: (text) => this.further(text),
    };
  }

  lay() {
    const { say, conversation } = this;
    const position = this.getAttribute("position");
    const floating = position === "floating";
    const scrolls = floating || position === "fill";
    const lang = LOCALES[say.language];
    this.composer = composer(this, Number(this.getAttribute("limit")) || MOST, (text) => this.ask(text));
    this.header = header(this, {
      restart: () => this.restart(),
      print: () => print(conversation.log, SHEET, lang),
      close: floating ? () => this.close() : null,
    });
    this.live = h("p", { class: "hidden", "aria-live": "polite" });
    this.greeting = h("div");
    const flow = h("div", { class: "flow", tabindex: scrolls ? "0" : null }, this.greeting, conversation.log);
    const inside = [this.header.element, flow, this.composer.element, this.live];
    const escape = (event) => (event.type === "cancel" || event.key === "Escape") && [event.preventDefault(), this.close()];
    this.panel = h(floating ? "dialog" : "section", { class: "panel", lang, "aria-label": say("title") }, inside);
    if (floating) for (const type of ["keydown", "cancel"]) this.panel.addEventListener(type, escape);
    const open = { type: "button", class: "launcher primary", lang, "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => this.open() };
    this.launcher = floating && h("button", open, icon("chat"), say("open"));
    fill(this.shadowRoot, this.launcher, this.panel);
  }

  /** The greeting while nothing was asked; the actions on the conversation afterwards. */
  greet() {
    const { turns } = this.conversation;
    const given = this.getAttribute("body-type");
    this.kind = BODY_TYPES.includes(given) ? given : (this.kind ?? turns.at(-1)?.profile?.body_type);
    const choose = given === null && ((kind) => (this.kind = kind));
    const further = (text) => this.further(text);
    this.header.show(turns.length > 0);
    fill(this.greeting, !turns.length && welcome(this, this.getAttribute("greeting"), this.kind, choose, further));
  }

  /** Say something once to people who hear the page; it does not stay there to be met again. */
  announce(text) {
    clearTimeout(this.said);
    this.live.textContent = text;
    this.said = setTimeout(() => this.live.replaceChildren(), HEARD);
  }

  /** Ask something that was not typed: the focus goes to the turn, since what was pressed may be gone. */
  further(text) {
    if (this.ask(text)) this.conversation.turns.at(-1).element.focus({ preventScroll: true });
  }

  /** Bring a turn to the top; on a touch screen the focus goes there too, so that the keyboard makes room. */
  follow({ element }) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
    if (matchMedia("(pointer: coarse)").matches) element.focus({ preventScroll: true });
  }
}

if (!customElements.get("balise-chat")) customElements.define("balise-chat", BaliseChat);
