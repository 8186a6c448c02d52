// What a person sees before the first question: what the program does, whom they work for, questions to start with.

import { fill, h } from "./dom.js";

const SUGGESTIONS = {
  public: ["public_1", "public_2", "public_3", "any_1"],
  private: ["private_1", "private_2", "private_3", "any_1"],
  any: ["any_1", "any_2", "any_3", "any_4"],
};

/** The greeting and suggestions. `chosen` is the kind of user, `choose(kind)` hears of another (none: it is fixed). */
export function welcome({ say, heading }, greeting, chosen, choose, send) {
  const list = h("ul", { class: "suggestions" });
  const show = (kind = "any") => {
    const texts = SUGGESTIONS[kind].map((name) => say(`suggest_${name}`));
    fill(list, texts.map((text) => h("li", null, h("button", { type: "button", onclick: () => send(text) }, text))));
  };
  const radio = (kind) =>
    h(
      "label",
      { class: "check" },
      h("input", { type: "radio", name: "kind", value: kind, checked: kind === chosen, onchange: () => [choose(kind), show(kind)] }),
      h("span", null, say(`who_${kind}`)),
    );
  show(chosen);
  return h(
    "div",
    { class: "welcome" },
    h("p", { class: "greeting", dir: "auto" }, greeting || say("greeting")),
    choose && h("fieldset", { class: "kinds" }, h("legend", null, say("who")), Object.keys(SUGGESTIONS).map(radio)),
    heading(1, {}, say("suggestions")),
    list,
  );
}
