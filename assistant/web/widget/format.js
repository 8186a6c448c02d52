// Exact numbers, which come as strings, as people write them: « 21 989,50 $ » in French, "$21,989.50" in English.

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?$/;
const DOLLARS = { $: "", "M$": "M" };

/** A decimal or an `n/d` with its thousands set apart; any other text as it is. */
export function grouped(text, language) {
  return text.split("/").map((one) => plain(one, language)).join("/");
}

function plain(text, language) {
  const found = NUMBER.exec(text);
  if (!found) return text;
  const [, sign, whole, decimals] = found;
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, language === "en" ? "," : "\u00a0");
  return (sign && "\u2212") + spaced + (decimals ? (language === "en" ? "." : ",") + decimals : "");
}

/** A number with its unit; nothing stays nothing. */
export function amount(text, unit, language) {
  const shown = grouped(text, language);
  if (!shown || !unit) return shown;
  if (language === "en" && unit in DOLLARS) return `$${shown}${DOLLARS[unit]}`;
  return `${shown}${language === "en" && unit === "%" ? "" : "\u00a0"}${unit}`;
}
