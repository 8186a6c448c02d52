// A computation as tables: the results in view, the working folded; copy as a table, download as a workbook.

import { copied } from "./clipboard.js";
import { h, icon } from "./dom.js";
import { amount, grouped } from "./format.js";
import { given } from "./given.js";
import { chip } from "./passages.js";
import { post } from "./stream.js";
import { LOCALES } from "./words.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const LISTS = ["list", "list_volets"];

/** The card of a computation that has results; null for one that has none. */
export function calculation(answer, context) {
  const found = answer.calculation;
  if (!found?.results.length) return null;
  const { say, heading } = context;
  const warnings = found.warnings.filter((text) => found.measure !== null || !answer.statements.some((one) => one.text === text));
  return h(
    "div",
    { class: "card calculation" },
    heading(2, { class: "hidden" }, say("results")),
    h("p", { class: "note" }, icon("caution"), say("simulation")),
    table(say("results"), [say("result"), say("amount")], resultRows(answer, say), answer.language, total(answer, say), true),
    warnings.length > 0 && [heading(3, {}, say("warnings")), list(warnings, answer)],
    h("details", { class: "fold" }, h("summary", null, say("calculation_title")), working(answer, context)),
    tools(answer, context),
  );
}

function resultRows(answer, say) {
  return answer.calculation.results.map((result) => {
    const value = result.amount ? amount(result.amount, result.unit, answer.language) : say("no_amount");
    return [result.label, `${result.qualifier} ${value}`.trim()];
  });
}

/** The sum of a list, exact in cents; null where an amount is not one of whole cents. */
function total(answer, say) {
  const { operation, results } = answer.calculation;
  const parts = results.map((result) => /^(\d+)(?:\.(\d\d))?$/.exec(result.amount));
  if (!LISTS.includes(operation) || results.length < 2 || parts.includes(null)) return null;
  const cents = parts.map(([, whole, part]) => BigInt(whole + (part ?? "00")));
  const sum = cents.reduce((one, other) => one + other, 0n).toString().padStart(3, "0");
  const decimals = results.some((result) => result.amount.includes(".")) ? `.${sum.slice(-2)}` : "";
  return [say("total"), amount(sum.slice(0, -2) + decimals, results[0].unit, answer.language)];
}

function working(answer, context) {
  const { say, heading } = context;
  const { language } = answer;
  const found = answer.calculation;
  const inputs = given(found, language);
  const cited = (row) => [row.label, answer.citations.filter((one) => one.n === row.citation).map((one) => chip(one, context))];
  const steps = found.steps.map((row) => [cited(row), row.expression, row.rounded, grouped(row.exact, language)]);
  const parameters = found.parameters.map((row) => [cited(row), amount(row.value, row.unit, language), say(`parameter_${row.status}`)]);
  return [
    found.formula && h("p", null, h("b", null, say("formula"), say.colon), h("span", { lang: LOCALES[language] }, found.formula)),
    steps.length > 0 && table(say("steps"), [say("step"), say("expression"), say("rounded"), say("exact")], steps, language),
    inputs.length > 0 && table(say("inputs"), [say("input"), say("value")], inputs, language),
    parameters.length > 0 && table(say("parameters"), [say("parameter"), say("value"), say("parameter_status")], parameters, language),
    found.rounding && h("p", null, h("b", null, say("rounding"), say.colon), h("span", { lang: LOCALES[language] }, found.rounding)),
    found.assumptions.length > 0 && [heading(3, {}, say("assumptions")), list(found.assumptions, answer)],
  ];
}

function list(items, answer) {
  return h("ul", { lang: LOCALES[answer.language] }, items.map((item) => h("li", null, item)));
}

/** A table with a caption and headers, in a region that scrolls by keyboard where it is too wide. */
function table(caption, headers, rows, language, foot, quiet) {
  const lang = LOCALES[language];
  const line = ([first, ...cells]) =>
    h("tr", null, h("th", { scope: "row", lang, dir: "auto" }, first), cells.map((cell) => h("td", { lang }, cell)));
  return h(
    "div",
    { class: "scroll", role: "group", tabindex: "0", "aria-label": caption },
    h(
      "table",
      null,
      h("caption", { class: quiet && "hidden" }, caption),
      h("thead", null, h("tr", null, headers.map((header) => h("th", { scope: "col" }, header)))),
      h("tbody", null, rows.map(line)),
      foot && h("tfoot", null, line(foot)),
    ),
  );
}

function tools(answer, context) {
  const { say } = context;
  const status = h("p", { class: "small", role: "status" });
  const tell = (text) => (status.textContent = text);
  const rows = [[say("result"), say("amount")], ...resultRows(answer, say), total(answer, say)].filter(Boolean);
  const text = rows.map((row) => row.join("\t")).join("\n");
  return [
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", onclick: (e) => copied(text, e.currentTarget, tell, say, "copied_table") }, icon("copy"), say("calculation_copy")),
      h("button", { type: "button", onclick: () => save(context, tell) }, icon("file"), say("calculation_file")),
    ),
    status,
  ];
}

async function save({ base, say, request }, tell) {
  tell("");
  try {
    const response = await post(base, "v1/chat/workbook", request(), XLSX);
    const href = URL.createObjectURL(await response.blob());
    h("a", { href, download: "simulation.xlsx" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    tell(say("calculation_saved"));
  } catch {
    tell(say("calculation_failed"));
  }
}
