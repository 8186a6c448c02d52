// Builds elements from data. Text only ever becomes text nodes and attribute values: nothing is parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element: `props` are attributes (false, null and undefined are left out), `on…` functions are listeners. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) set(element, name, value);
  append(element, children);
  return element;
}

/** Put other children in the place of those of an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

function set(element, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : value);
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

const ICONS = {
  answered: "M20 6 9 17l-5-5",
  partially_answered: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  needs_input: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.8v.01",
  not_in_documents: "M6 3h8l4 4v14H6zM9.5 11l5 5M14.5 11l-5 5",
  out_of_scope: "M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M8 12h8",
  refused: "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM9 12h6",
  error: "M12 4 2.5 20h19zM12 10v4M12 17v.01",
  caution: "M12 4 2.5 20h19zM12 10v4M12 17v.01",
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6 6 18",
  restart: "M4 5v5h5M4.5 10A8 8 0 1 1 4 13.5",
  print: "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
  send: "M4 12h15M13 6l6 6-6 6",
  stop: "M7 7h10v10H7z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  file: "M12 4v11M7 11l5 5 5-5M5 20h14",
  mail: "M3 6h18v12H3zM3 7l9 6 9-6",
  out: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
};

/** A line drawing of 24 × 24, for people who see; the words beside it say the same. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
