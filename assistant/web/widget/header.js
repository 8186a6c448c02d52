// The top of the widget: its name, and what can be done with the whole conversation.

import { fill, h, icon } from "./dom.js";

/** `{element, show(any)}`: the actions on a conversation are there when it holds anything. `close` may be null. */
export function header({ say, heading }, { restart, print, close }) {
  const place = h("div", { class: "buttons" });
  const closing = close && h("button", { type: "button", class: "quiet", "aria-label": say("close"), onclick: close }, icon("close"));
  const action = (name, onclick) => h("button", { type: "button", class: "quiet", onclick }, icon(name), h("span", null, say(name)));
  const again = action("restart", () => confirm());
  const show = (any) => fill(place, any && [again, action("print", print)]);
  const confirm = () => {
    const no = h("button", { type: "button", onclick: () => [show(true), again.focus()] }, say("restart_no"));
    const yes = h("button", { type: "button", class: "primary", onclick: restart }, say("restart_yes"));
    fill(place, h("div", { class: "buttons", role: "group", "aria-label": say("restart_ask") }, h("span", null, say("restart_ask")), yes, no));
    no.focus();
  };
  const names = h("div", { class: "names" }, heading(0, {}, say("title")), h("p", null, say("tagline")));
  return { element: h("header", null, names, place, closing), show };
}
