// Whom to write to, with a message that is ready to be completed: the question, the answer, the nearest passages.

import { h, icon } from "./dom.js";
import { chip, named } from "./passages.js";
import { LOCALES } from "./words.js";

const ADDRESS = /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/;
const LONGEST = { subject: 60, question: 500, answer: 300, quote: 160 };
const MOST_PASSAGES = 3;

/** The card of the mailbox; null where there is none. */
export function referral(answer, turn, context) {
  const found = answer.referral;
  if (!found || !ADDRESS.test(found.email)) return null;
  const { say, heading } = context;
  return h(
    "div",
    { class: "card" },
    heading(2, {}, say("referral_title")),
    h("p", { lang: LOCALES[answer.language] }, found.reason, mailbox(answer).map((citation) => chip(citation, context))),
    h("a", { class: "button", href: mail(found.email, answer, turn, context) }, icon("mail"), say("referral_write")),
  );
}

/** The citations that only give the address of the mailbox: its card shows them. */
export function mailbox(answer) {
  return answer.referral ? answer.citations.filter((citation) => citation.quote === answer.referral.email) : [];
}

/** A `mailto:` with subject and body; long texts are cut, since mail programs refuse long addresses. */
function mail(email, answer, turn, context) {
  const { say } = context;
  const near = answer.nearest.slice(0, MOST_PASSAGES).map((one) => `- ${named(one, context)}${say.colon}« ${cut(one.quote, LONGEST.quote)} »`);
  const passages = near.length ? [say("mail_passages"), ...near, "", ""].join("\n") : "";
  const first = answer.statements[0]?.text ?? answer.text;
  const subject = say("mail_subject", { question: cut(turn.question.replace(/\s+/g, " "), LONGEST.subject) });
  const body = say("mail_body", {
    question: cut(turn.question, LONGEST.question),
    answer: cut(first.replace(/ ?\[\d+\]/g, ""), LONGEST.answer),
    passages,
  });
  return `mailto:${email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
}

function cut(text, most) {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : text;
}
