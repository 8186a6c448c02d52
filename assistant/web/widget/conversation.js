// The turns of one conversation: asking, waiting, answers, failures, and what is kept of them.

import { announcement, answered } from "./answer.js";
import { fill, h, icon } from "./dom.js";
import { load, messages, save } from "./history.js";
import { progress } from "./progress.js";
import { ask, at, Refusal } from "./stream.js";
import { LOCALES } from "./words.js";

const SLOW = 8_000;
const SILENT = 60_000; // the server sends a sign of life every 15 s
const CATALOG = 3_000;

/**
 * Holds the turns and shows them in `log`. `options`: `{base, say, heading, kept, key}`, and what the widget does:
 * `profile()` of the person, `announce(text)`, `moved(turn)` into view, `further(text)` asked from an answer.
 */
export class Conversation {
  documents = new Map();

  constructor(options, turns) {
    this.options = options;
    this.turns = turns ?? load(options.kept, options.key);
    this.pending = null;
    this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": options.say("conversation") });
    this.restore();
  }

  async restore() {
    const earlier = [...this.turns];
    for (const turn of earlier) this.place(turn);
    if (earlier.length) await this.catalog();
    for (const turn of earlier) this.show(turn);
  }

  /** Ask a question; false while another is being answered. */
  send(question) {
    if (this.pending) return false;
    const { say, profile } = this.options;
    const turn = { question, profile: profile(), language: say.language === "en" ? "en" : undefined };
    this.turns.push(turn);
    this.place(turn);
    this.run(turn);
    return true;
  }

  /** What the server is asked for a turn: in French the language follows the question, English is a choice. */
  request(turn) {
    const { question, profile, language } = turn;
    return { question, profile, language, history: messages(this.turns.slice(0, this.turns.indexOf(turn))) };
  }

  retry(turn) {
    if (!this.pending) this.run(turn);
  }

  stop(kind = "stopped") {
    this.pending?.controller.abort(kind);
  }

  clear() {
    this.stop();
    this.pending = null;
    this.turns = [];
    this.log.replaceChildren();
    this.keep();
  }

  /** Where a turn stands in the log: its question, and a place for what comes of it. */
  place(turn) {
    const { say, heading } = this.options;
    turn.body = h("div", { class: "answer" });
    turn.element = h(
      "article",
      { class: "turn", tabindex: "-1" },
      h("div", { class: "asked" }, heading(1, { class: "hidden" }, say("question_label")), h("p", { dir: "auto" }, turn.question)),
      turn.body,
    );
    this.log.append(turn.element);
  }

  async run(turn) {
    const { say, announce, moved, base } = this.options;
    const controller = new AbortController();
    const shown = progress(say, () => this.stop());
    this.pending = { turn, controller };
    turn.failure = { kind: "left" }; // what it is if the page is left now
    fill(turn.body, shown.element);
    announce(say("working"));
    moved(turn);
    this.keep();
    const slow = setTimeout(shown.slow, SLOW);
    let silent;
    const alive = () => {
      clearTimeout(silent);
      silent = setTimeout(() => controller.abort("slow"), SILENT);
    };
    alive();
    try {
      const asking = ask(base, this.request(turn), { signal: controller.signal, heard: shown.heard, alive });
      [turn.answer] = await Promise.all([asking, this.catalog()]);
      delete turn.failure;
    } catch (error) {
      turn.failure = failure(error, controller.signal);
    }
    clearTimeout(slow);
    clearTimeout(silent);
    this.settle(turn);
  }

  settle(turn) {
    const { say, announce, moved } = this.options;
    if (this.pending?.turn === turn) this.pending = null;
    if (!this.turns.includes(turn)) return;
    const inside = turn.body.contains(turn.body.getRootNode().activeElement);
    this.show(turn);
    this.keep();
    announce(turn.answer ? announcement(turn, say) : `${say("failed_title")}. ${explained(turn.failure, say)[0]}`);
    moved(turn);
    if (inside) turn.element.focus({ preventScroll: true });
  }

  show(turn) {
    const { say, heading } = this.options;
    const title = heading(1, { class: "hidden" }, say("answer_title"));
    fill(turn.body, title, turn.answer ? this.answer(turn) : this.failed(turn));
  }

  /** The answer; its bare text where the server speaks a newer contract than this file. */
  answer(turn) {
    const { base, say, heading, further } = this.options;
    try {
      return answered(turn, { base, say, heading, documents: this.documents, request: () => this.request(turn) }, further);
    } catch {
      return h("p", { class: "said", lang: LOCALES[turn.answer.language] }, String(turn.answer.text));
    }
  }

  failed(turn) {
    const { say } = this.options;
    const again = () => {
      this.retry(turn);
      turn.element.focus({ preventScroll: true });
    };
    return [
      h("p", { class: "status error" }, icon("error"), say("failed_title")),
      explained(turn.failure, say).map((text) => h("p", { class: "said" }, text)),
      h("div", { class: "buttons" }, h("button", { type: "button", onclick: again }, icon("restart"), say("retry"))),
    ];
  }

  keep() {
    save(this.options.kept, this.options.key, this.turns);
  }

  /** What the documents are called and worth, asked for once; an answer does not wait for it long. */
  catalog() {
    this.asked ??= fetch(at(this.options.base, "v1/documents"), { signal: AbortSignal.timeout(CATALOG) })
      .then((response) => response.json())
      .then(({ documents }) => (this.documents = new Map(documents.map((one) => [one.id, one]))))
      .catch(() => delete this.asked);
    return this.asked;
  }
}

function failure(error, signal) {
  if (signal.aborted) return { kind: signal.reason };
  if (!(error instanceof Refusal)) return { kind: "network" };
  const { status, detail, detail_en, instance, errors } = error.problem;
  return { kind: "server", status, id: instance, fr: errors?.[0]?.detail ?? detail, en: errors?.[0]?.detail_en ?? detail_en };
}

function explained({ kind, status, id, fr, en }, say) {
  if (kind !== "server") return [say(`failed_${kind}`)];
  const said = say.language === "en" ? en : fr;
  return [said ?? say("failed_server", { status }), ...(id ? [say("failed_reference", { id })] : [])];
}
