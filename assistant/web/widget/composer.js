// Where a person writes a question. Nothing is cut: a text that is too long is kept and said to be so.

import { h, icon } from "./dom.js";
import { grouped } from "./format.js";

const NEARLY = 0.8;

/** `{element, area, tell}`; `send(text)` is called with a question that is neither empty nor over `most` characters. */
export function composer({ say }, most, send) {
  const area = h("textarea", { id: "question", rows: "2", dir: "auto", enterkeyhint: "send", "aria-describedby": "hint problem" });
  const problem = h("p", { class: "error", id: "problem", role: "alert" });
  const count = h("span", { class: "count" });
  const numbers = () => ({ used: grouped(String([...area.value].length), say.language), most: grouped(String(most), say.language) });
  const tell = (text) => {
    problem.textContent = text;
    if (text) area.setAttribute("aria-invalid", "true");
    else area.removeAttribute("aria-invalid");
  };
  const changed = () => {
    tell("");
    count.textContent = [...area.value].length > most * NEARLY ? say("question_left", numbers()) : "";
  };
  const submit = (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (!text) tell(say("question_empty"));
    else if ([...text].length > most) tell(say("question_long", numbers()));
    else if (send(text)) {
      area.value = "";
      changed();
    }
    if (problem.textContent) area.focus();
  };
  const key = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  };
  area.addEventListener("input", changed);
  area.addEventListener("keydown", key);
  const element = h(
    "form",
    { class: "composer", novalidate: true, onsubmit: submit },
    h("label", { for: "question" }, say("question_label")),
    problem,
    h("div", { class: "control" }, area, h("button", { class: "primary" }, h("span", null, say("send")), icon("send"))),
    h("p", { class: "small", id: "hint" }, say("question_hint"), count),
  );
  return { element, area, tell };
}
