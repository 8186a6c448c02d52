// One question to the server and its answer back, through the public contract: server-sent events read from a POST.

/** The server said no: `problem` is its problem details, or only a status where it gave none. */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.title ?? String(problem.status));
    this.problem = problem;
  }
}

/** The address of something of the server. */
export function at(base, path) {
  return new URL(path, base).href;
}

/** POST JSON; the response where it is good, else a `Refusal`. */
export async function post(base, path, body, accept, signal) {
  const headers = { "Content-Type": "application/json", Accept: accept };
  const response = await fetch(at(base, path), { method: "POST", headers, body: JSON.stringify(body), signal });
  if (response.ok) return response;
  const problem = await response.json().catch(() => null);
  throw new Refusal({ ...problem, status: response.status });
}

/**
 * Ask: `heard(step)` is told of each step as it starts, `alive()` of each sign of life.
 * Gives the answer; throws a `Refusal`, or a `TypeError` where the connection was lost before the answer came.
 */
export async function ask(base, question, { signal, heard, alive }) {
  const response = await post(base, "v1/chat", question, "text/event-stream", signal);
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return response.json();
  for await (const { event, data } of events(response.body, alive)) {
    if (event === "progress") heard(JSON.parse(data).step);
    else if (event === "answer") return JSON.parse(data);
    else if (event === "error") throw new Refusal(JSON.parse(data));
  }
  throw new TypeError("the stream ended without an answer");
}

async function* events(body, alive) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      alive();
      const blocks = (rest + decoder.decode(piece.value, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      for (const block of blocks) yield event(block);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function event(block) {
  const fields = { event: "message", data: "" };
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = /^(event|data): ?(.*)$/.exec(line) ?? [];
    if (name === "event") fields.event = value;
    else if (name === "data") fields.data += fields.data ? `\n${value}` : value;
  }
  return fields;
}
