// An answer, from top to bottom: what it is worth, what it says, what it rests on, what to do next.

import { calculation } from "./calculation.js";
import { copied, plainText } from "./clipboard.js";
import { h, icon } from "./dom.js";
import { feedback } from "./feedback.js";
import { missing } from "./missing.js";
import { address, named, sources, spoken, worth } from "./passages.js";
import { mailbox, referral } from "./referral.js";
import { LOCALES } from "./words.js";

const VERDICTS = {
  explicitly_listed: ["listed", "answered"],
  close_to_a_listed_example: ["close", "partially_answered"],
  close_to_example: ["close", "partially_answered"],
  not_mentioned: ["not", "not_in_documents"],
};

/** Everything under a question. `context` is `{base, say, heading, documents, request()}`; `send(text)` asks a further question. */
export function answered(turn, context, send) {
  const { answer } = turn;
  const { say } = context;
  const nearest = new Set([...answer.nearest.map(place), ...mailbox(answer).map(place)]);
  const cited = answer.citations.filter((citation) => !nearest.has(place(citation)));
  return [
    h("p", { class: `status ${answer.status}` }, icon(answer.status), say(`status_${answer.status}`)),
    understood(turn, context),
    verdict(answer, context),
    h("div", { class: "statements", lang: LOCALES[answer.language] }, statements(answer, context)),
    missing(answer, context, send),
    calculation(answer, context),
    conflicts(answer, context),
    listed("nearest_title", answer.nearest, context, true),
    listed("citations_title", cited, context, false),
    referral(answer, turn, context),
    foot(turn, context),
  ];
}

/** The whole answer in one breath, for people who hear it. */
export function announcement({ answer }, say) {
  const sourceCount = answer.citations?.length;
  return say("announce", {
    status: say(`status_${answer.status}`),
    text: answer.text.replace(/ ?\[\d+\]/g, ""),
    sources: sourceCount ? say("announce_sources", { n: sourceCount }) : "",
  });
}

function place({ document, start, end }) {
  return `${document} ${start} ${end}`;
}

/** The question with what the conversation adds to it, where it adds anything. */
function understood({ question, answer }, { say }) {
  const read = answer.understood?.question;
  return read && read !== question && h("p", { class: "small", dir: "auto" }, say("understood", { question: read }));
}

function verdict(answer, { say, heading }) {
  const [key, picture] = VERDICTS[answer.eligibility] ?? [];
  if (!key) return null;
  return h(
    "div",
    { class: `card verdict ${key}` },
    heading(2, {}, say("eligibility")),
    h("p", { class: "verdict-is" }, icon(picture), say(`eligibility_${key}`)),
    h("p", { class: "small" }, say(`eligibility_${key}_more`)),
  );
}

/** What is said in words; what a table, a form or a card below says again is left to it. */
function statements(answer, context) {
  if (!answer.statements.length) return h("p", { class: "said" }, answer.text);
  return answer.statements.filter((one, rank) => rank === 0 || !shownBelow(one, answer)).map((one) => spoken(one, answer, context));
}

function shownBelow(statement, answer) {
  if (statement.text === answer.referral?.reason) return true;
  const found = answer.calculation;
  if (!found?.results.length) return false;
  if (found.measure === null) return statement.kind === "computed" && !statement.citations.length;
  const said = [found.rounding, ...found.assumptions, ...found.warnings];
  const figures = new Set(found.parameters.map((parameter) => parameter.citation));
  const ofFigure = statement.kind === "claim" && statement.citations.length > 0 && statement.citations.every((n) => figures.has(n));
  return statement.kind === "computed" || ofFigure || said.includes(statement.text);
}

function conflicts(answer, context) {
  if (!answer.conflicts.length) return null;
  const { say, heading } = context;
  const beside = answer.conflicts.map((text) =>
    h("li", { class: "card", lang: LOCALES[answer.language] }, spoken({ text, citations: [], kind: "claim" }, answer, context)),
  );
  return h(
    "div",
    { class: "block" },
    heading(2, { class: "caution" }, icon("caution"), say("conflicts_title")),
    h("ul", { class: "beside" }, beside),
  );
}

function listed(key, citations, context, open) {
  if (!citations.length) return null;
  return h("div", { class: "block" }, context.heading(2, {}, context.say(key)), sources(citations, context, open));
}

function foot(turn, context) {
  const { say } = context;
  const status = h("p", { class: "small", role: "status" });
  const copy = (event) => copied(plainText(turn, turn.answer, references(turn.answer, context), say), event.currentTarget, (text) => (status.textContent = text), say);
  return h(
    "footer",
    null,
    h("p", { class: "prepared" }, say("prepared")),
    h(
      "div",
      { class: "foot" },
      h("div", null, h("button", { type: "button", onclick: copy }, icon("copy"), say("copy"))),
      feedback(turn.answer, turn, context),
    ),
    status,
  );
}

function references(answer, context) {
  return answer.citations.map((citation) => {
    const { said, historical } = worth(citation, context);
    const more = [...said, ...(historical ? [context.say("historical")] : [])].join("; ");
    return `[${citation.n}] ${named(citation, context)} (${more})${context.say.colon}« ${citation.quote} » ${address(citation, context)}`.trimEnd();
  });
}
