// What the program is doing while an answer is on its way, step by step, and a way to stop it.

import { fill, h, icon } from "./dom.js";

const STEPS = [
  ["read", ["screen", "rephrase", "route"]],
  ["search", ["retrieve"]],
  ["compute", ["calculate"]],
  ["compose", ["compose"]],
  ["check", ["guard"]],
];

/** `{element, heard, slow}`: `heard(step)` moves the list on, `slow()` says that it takes long. */
export function progress(say, stop) {
  const items = STEPS.map(([name]) => h("li", null, say(`step_${name}`), h("span", { class: "hidden" })));
  const late = h("p", { class: "small", role: "status" });
  const element = h(
    "div",
    { class: "progress" },
    h("p", { class: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), say("working")),
    h("ol", null, items),
    late,
    h("button", { type: "button", onclick: stop }, icon("stop"), say("stop")),
  );
  const heard = (step) => {
    const current = STEPS.findIndex(([, steps]) => steps.includes(step));
    if (current >= 0) items.forEach((item, rank) => move(item, rank, current, say));
  };
  return { element, heard, slow: () => fill(late, say("working_slow")) };
}

function move(item, rank, current, say) {
  const state = rank < current ? "done" : rank === current ? "current" : "";
  item.className = state;
  item.lastChild.textContent = state && ` (${say(`step_${state}`)})`;
}
