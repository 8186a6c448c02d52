// What was given to compute with, and what is still to be given: names of the contract to labels, values and words.

import { amount, grouped } from "./format.js";
import table from "./inputs.json";
import { filled } from "./words.js";

const UNITS = { money: "$", percent: "%" };

/** `[label, value]` of each thing that a computation was given, the measure, the volet and the year first. */
export function given(calculation, language) {
  const { measure, volet, school_year, inputs } = calculation;
  return Object.entries({ measure, volet, school_year, ...inputs })
    .filter(([, value]) => value)
    .map(([name, value]) => {
      const [kind, own] = name.split(/:(.*)/s);
      const { label, unit } = described(kind, language);
      return [own === undefined ? label : `${label} (${own})`, shown(value, unit, language)];
    });
}

function described(name, language) {
  if (table.given[name]) return { label: table.given[name][language], unit: table.given[name].kind };
  const [, stem, rank] = /^(.*)_(\d+)$/.exec(name) ?? [];
  const ranked = table.given[stem]?.ranked;
  return ranked ? { label: `${ranked[language]} ${rank}`, unit: table.given[stem].kind } : { label: name };
}

function shown(value, unit, language) {
  if (!unit) return value;
  return value.split("; ").map((one) => amount(one, UNITS[unit] ?? "", language)).join("; ");
}

/** The fields that would complete a computation: `{label, kind, choices, say}`, one for each thing that is missing. */
export function asked(answer) {
  const { language } = answer;
  return answer.missing.flatMap((missing) => {
    const known = Object.values(table.asked).find((one) => one[language] === missing);
    if (!known) return [{ label: sentence(missing), kind: "words", say: (value) => `${missing}${language === "en" ? ": " : "\u00a0: "}${value}` }];
    const { kind, choices, each } = known;
    const ranks = each ? (answer.calculation?.inputs?.volets ?? "1, 2, 3").split(", ") : [""];
    return ranks.map((rank) => ({
      label: sentence(filled((each ?? known)[language], { rank })),
      kind: kind ?? "choice",
      choices,
      say: (value) => filled(known.say[language], { rank, value: typed(value, kind, language) }),
    }));
  });
}

/** What a person typed, with its unit where it is a bare number. */
function typed(value, kind, language) {
  const digits = value.replace(/(?<=\d)[\s\u00a0\u202f](?=\d)/g, "");
  const number = /^\d+$/.test(digits) ? grouped(digits, language) : value;
  if (kind !== "money" || !/^[\d\s.,\u00a0\u202f]+$/.test(value)) return number;
  return language === "en" ? `$${number}` : `${number}\u00a0$`;
}

/** The completed inputs as one sentence, which the person sees as their own message. */
export function completed(fields, values) {
  return sentence(`${fields.map((field, i) => field.say(values[i])).join("; ")}.`);
}

function sentence(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
