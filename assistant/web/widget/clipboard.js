// Copies text. Where the browser or the host does not allow it, the text is shown selected, to be copied by hand.

import { h } from "./dom.js";

/** Copy, and `tell` the person how it went; the button is where the text is shown if it has to be. */
export async function copied(text, button, tell, say, done = "copied") {
  const beside = button.parentNode;
  beside.nextElementSibling?.matches("textarea") && beside.nextElementSibling.remove();
  try {
    await navigator.clipboard.writeText(text);
    tell(say(done));
  } catch {
    const area = h("textarea", { readonly: true, rows: "6", "aria-label": say("copy") });
    area.value = text;
    beside.after(area);
    area.select();
    tell(say("copy_by_hand"));
  }
}

/** An answer as plain text: the question, the words with their marks, the references, the notice. */
export function plainText(turn, answer, references, say) {
  const heading = (key) => `${say(key)}${say.colon}`.trimEnd();
  const sources = references.length ? ["", heading("references"), ...references] : [];
  return [`${say("question_label")}${say.colon}${turn.question}`, "", answer.text, ...sources, "", say("prepared")].join("\n");
}
