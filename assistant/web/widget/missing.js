// A form for exactly the inputs that a computation lacks; what is typed becomes the person's next message.

import { fill, h, icon } from "./dom.js";
import { asked, completed } from "./given.js";
import { LOCALES } from "./words.js";

let forms = 0;

/** The form of an answer that needs input; null for any other. `send(text)` asks the completed question. */
export function missing(answer, { say, heading }, send) {
  if (answer.status !== "needs_input" || !answer.missing.length) return null;
  const id = `form-${(forms += 1)}`;
  const fields = asked(answer).map((field, rank) => ({ ...field, ...built(field, `${id}-${rank}`, answer, say) }));
  const summary = h("p", { class: "error", role: "alert" });
  const submit = (event) => {
    event.preventDefault();
    const wrong = fields.filter((field) => !checked(field, say));
    fill(summary, wrong.length > 0 && say("form_problems"));
    if (wrong.length) wrong[0].control.focus();
    else send(completed(fields, fields.map((field) => field.control.value.trim())));
  };
  return h(
    "form",
    { class: "card missing", novalidate: true, "aria-labelledby": id, onsubmit: submit },
    heading(2, { id }, say("form_title")),
    h("p", { class: "small" }, say("form_hint")),
    summary,
    fields.map((field) => field.row),
    h("button", { class: "primary" }, say("form_send"), icon("send")),
  );
}

function built(field, id, answer, say) {
  const lang = LOCALES[answer.language];
  const problem = h("p", { class: "error", id: `${id}-problem` });
  const attributes = { id, "aria-describedby": `${id}-problem`, "aria-required": "true" };
  const control = field.choices
    ? h("select", attributes, h("option", { value: "" }, say("form_choose")), field.choices.map((choice) => h("option", null, choice)))
    : h("input", { ...attributes, type: "text", autocomplete: "off", inputmode: field.kind === "words" ? "text" : "decimal", dir: "auto" });
  const unit = field.kind === "money" && h("span", { class: "unit", "aria-hidden": "true" }, "$");
  const row = h("div", { class: "field" }, h("label", { for: id, lang }, field.label), problem, h("div", { class: "control" }, control, unit));
  return { control, problem, row };
}

function checked({ control, problem, kind }, say) {
  const value = control.value.trim();
  const number = kind === "money" || kind === "count";
  const text = !value ? say("form_required") : number && !/\d/.test(value) ? say("form_number") : "";
  problem.textContent = text;
  if (text) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  return !text;
}
