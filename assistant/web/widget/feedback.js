// Whether an answer was useful, and if not why; says what becomes of it. Nothing is sent before a person chooses.

import { fill, h } from "./dom.js";
import { post } from "./stream.js";

const REASONS = ["wrong_figure", "wrong_source", "incomplete", "unclear", "out_of_date"];
const LONGEST_COMMENT = 2000;
let forms = 0;

/** The two buttons, and what comes after them; null for an answer that has no id. */
export function feedback(answer, turn, context) {
  if (!answer.id) return null;
  const { say, base } = context;
  const status = h("p", { class: "small", role: "status" });
  const place = h("div", { class: "feedback" });
  const send = async (fields) => {
    try {
      const body = { answer_id: answer.id, language: answer.language, reasons: [], ...fields };
      await post(base, "v1/feedback", body, "application/json");
      fill(place, status);
      status.textContent = say("feedback_thanks");
      status.tabIndex = -1;
      status.focus();
    } catch {
      status.textContent = say("feedback_failed");
    }
  };
  const ask = (focus) => {
    const no = h("button", { type: "button", onclick: () => explain(place, status, turn, say, send, ask) }, say("feedback_no"));
    const yes = h("button", { type: "button", onclick: () => send({ useful: true }) }, say("feedback_yes"));
    status.textContent = "";
    fill(place, h("div", { class: "buttons", role: "group", "aria-label": say("feedback_question") }, h("span", null, say("feedback_question")), yes, no), status);
    if (focus) no.focus();
  };
  ask(false);
  return place;
}

function explain(place, status, turn, say, send, cancel) {
  const id = `feedback-${(forms += 1)}`;
  const box = (value, label, checked) => h("label", { class: "check" }, h("input", { type: "checkbox", value, checked }), h("span", null, label));
  const reasons = REASONS.map((reason) => box(reason, say(`reason_${reason}`)));
  const join = box("question", say("feedback_join"), true);
  const comment = h("textarea", { id, rows: "3", maxlength: String(LONGEST_COMMENT), dir: "auto" });
  const submit = (event) => {
    event.preventDefault();
    const ticked = reasons.map((label) => label.firstChild).filter((input) => input.checked);
    const text = comment.value.trim();
    if (!ticked.length && !text) {
      status.textContent = say("feedback_empty");
      return;
    }
    const fields = { useful: false, reasons: ticked.map((input) => input.value) };
    if (text) fields.comment = text;
    if (join.firstChild.checked) fields.question = turn.question;
    send(fields);
  };
  status.textContent = "";
  fill(
    place,
    h(
      "form",
      { class: "card", novalidate: true, onsubmit: submit },
      h("fieldset", null, h("legend", null, say("feedback_reasons")), reasons),
      h("div", { class: "field" }, h("label", { for: id }, say("feedback_comment")), comment),
      join,
      h("p", { class: "small" }, say("feedback_use")),
      status,
      h(
        "div",
        { class: "buttons" },
        h("button", { class: "primary" }, say("feedback_send")),
        h("button", { type: "button", onclick: () => cancel(true) }, say("feedback_cancel")),
      ),
    ),
  );
  reasons[0].firstChild.focus();
  place.scrollIntoView({ block: "nearest" });
}
