// The words of the widget in one language, from `words.json`, where a « ~ » is a non-breaking space.

import texts from "./words.json";

export const LOCALES = { fr: "fr-CA", en: "en-CA" };

/** `say(key, {names})`: the text of a key with its `{names}` filled; a key without words gives "". */
export function wording(language) {
  const say = (key, values = {}) => filled(texts[key]?.[language] ?? "", values);
  say.language = language;
  say.colon = language === "en" ? ": " : "\u00a0: ";
  return say;
}

/** The text with its `{names}` filled and its « ~ » made non-breaking spaces; what is filled in stays as it is. */
export function filled(text, values) {
  return text.replaceAll("~", "\u00a0").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
