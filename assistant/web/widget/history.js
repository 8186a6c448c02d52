// The conversation of one widget, kept for the tab (`tab`), for the browser (`browser`) or not at all (`none`).
// A store that the browser refuses, as in a sandboxed frame, keeps nothing: the conversation goes on without it.

const MOST_TURNS = 30;
const MOST_MESSAGES = 20;
const LONGEST_MESSAGE = 4000;

function store(kind) {
  try {
    return kind === "none" ? null : kind === "browser" ? localStorage : sessionStorage;
  } catch {
    return null;
  }
}

/** The turns kept under this key, oldest first. */
export function load(kind, key) {
  try {
    const turns = JSON.parse(store(kind)?.getItem(key) ?? "[]");
    return Array.isArray(turns) ? turns.filter((turn) => typeof turn?.question === "string") : [];
  } catch {
    return [];
  }
}

/** Keep the last turns; none clears the place. */
export function save(kind, key, turns) {
  const kept = turns.slice(-MOST_TURNS).map(({ question, profile, language, answer, failure }) => ({ question, profile, language, answer, failure }));
  try {
    if (kept.length) store(kind)?.setItem(key, JSON.stringify(kept));
    else store(kind)?.removeItem(key);
  } catch {
    // full: the conversation on screen is not touched
  }
}

/** Earlier turns as the contract takes them: 20 messages of 4 000 characters at most, oldest first. */
export function messages(turns) {
  const said = turns
    .filter((turn) => turn.answer)
    .flatMap(({ question, answer }) => [
      { role: "user", content: question },
      { role: "assistant", content: answer.text },
    ]);
  return said.slice(-MOST_MESSAGES).map(({ role, content }) => ({ role, content: [...content].slice(0, LONGEST_MESSAGE).join("") }));
}
