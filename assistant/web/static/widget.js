/*! balise-chat 0.1.0, MIT */
(()=>{var Me=Object.defineProperty;var Ae=(t,e,n)=>e in t?Me(t,e,{enumerable:!0,configurable:!0,writable:!0,value:n}):t[e]=n;var W=(t,e,n)=>(Ae(t,typeof e!="symbol"?e+"":e,n),n);var F=`/* Colours and sizes are tokens: a host sets --balise-…; the themes "sdg" take the tokens of the Québec government
   design system where the page has them. Tests compute the contrast of every pair that is used. */

:host {
  --paper: var(--balise-paper, #ffffff);
  --ground: var(--balise-ground, #f4f6f9);
  --ink: var(--balise-ink, #1b2430);
  --soft: var(--balise-soft, #4e5b6b);
  --line: var(--balise-line, #c9d1db);
  --edge: var(--balise-edge, #6b778a);
  --accent: var(--balise-accent, #095797);
  --on-accent: var(--balise-on-accent, #ffffff);
  --tint: var(--balise-tint, #e8f0f8);
  --caution: var(--balise-caution, #8a4b00);
  --caution-tint: var(--balise-caution-tint, #fdf3e3);
  --good: var(--balise-good, #2c5d1e);
  --good-tint: var(--balise-good-tint, #edf6e8);
  --error: var(--balise-error, #a3171f);
  --radius: var(--balise-radius, 8px);
  display: block;
  color: var(--ink);
  font-family: var(--balise-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif);
  font-size: var(--balise-font-size, max(1em, 1rem));
  font-weight: 400;
  font-style: normal;
  line-height: 1.55;
  letter-spacing: normal;
  text-align: start;
  text-transform: none;
}

:host([hidden]) { display: none; }
:host([theme="light"]), :host([theme="sdg"]) { color-scheme: light; }
:host([theme="dark"]), :host([theme="sdg-dark"]) { color-scheme: dark; }
:host([position="floating"]) { display: contents; }
:host([position="fill"]) { height: 100%; }

@supports (color: light-dark(#000, #fff)) {
  :host {
    --paper: var(--balise-paper, light-dark(#ffffff, #161b22));
    --ground: var(--balise-ground, light-dark(#f4f6f9, #0f1318));
    --ink: var(--balise-ink, light-dark(#1b2430, #e6ebf1));
    --soft: var(--balise-soft, light-dark(#4e5b6b, #a9b4c1));
    --line: var(--balise-line, light-dark(#c9d1db, #36414e));
    --edge: var(--balise-edge, light-dark(#6b778a, #7d8a99));
    --accent: var(--balise-accent, light-dark(#095797, #8fc1ef));
    --on-accent: var(--balise-on-accent, light-dark(#ffffff, #0b1a29));
    --tint: var(--balise-tint, light-dark(#e8f0f8, #1c2b3b));
    --caution: var(--balise-caution, light-dark(#8a4b00, #f3c27a));
    --caution-tint: var(--balise-caution-tint, light-dark(#fdf3e3, #2e2415));
    --good: var(--balise-good, light-dark(#2c5d1e, #a5d694));
    --good-tint: var(--balise-good-tint, light-dark(#edf6e8, #1a2a17));
    --error: var(--balise-error, light-dark(#a3171f, #ff9a9a));
  }
}

:host([theme^="sdg"]) {
  --paper: var(--qc-color-background, #ffffff);
  --ground: var(--qc-color-grey-pale, #f1f1f2);
  --ink: var(--qc-color-text-primary, #223654);
  --soft: var(--qc-color-grey-dark, #4e5662);
  --line: var(--qc-color-grey-light, #c5cad2);
  --edge: var(--qc-color-formfield-border, #6b778a);
  --accent: var(--qc-color-blue-piv, #095797);
  --on-accent: var(--qc-color-background, #ffffff);
  --tint: var(--qc-color-blue-pale, #dae6f0);
  --good: var(--qc-color-green-dark, #2c4024);
  --good-tint: var(--qc-color-grey-pale, #f1f1f2);
  --error: var(--qc-color-red-dark, #692519);
  --radius: 4px;
  font-family: var(--qc-font-family-content, "Open Sans", system-ui, sans-serif);
}

*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

p, ul, ol, h1, h2, h3, h4, h5, h6, fieldset, blockquote { margin: 0; padding: 0; border: 0; }
h1, h2, h3, h4, h5, h6 { font-size: 1em; line-height: 1.3; font-weight: 600; }
ul, ol { list-style: none; }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 2px; }
svg { flex: none; width: 1.15em; height: 1.15em; vertical-align: -0.2em; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
:focus { outline: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.primary:focus-visible, .button:focus-visible { outline-offset: 3px; }
.small { color: var(--soft); font-size: 0.875em; }
.small:empty, .error:empty { display: none; }
.error { color: var(--error); font-size: 0.9375em; font-weight: 600; }

/* Frame */

.panel { container: panel / inline-size; display: flex; flex-direction: column; width: 100%; padding: 0; overflow: clip; border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 12px 20px; border-top: 4px solid var(--accent); border-bottom: 1px solid var(--line); background: var(--ground); }
.names { flex: 1 0 auto; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; }
.names p { color: var(--soft); font-size: 0.875em; }
.t0 { font-size: 1.1875em; font-weight: 700; }
.t1 { font-size: 0.9375em; color: var(--soft); }
.t2 { margin-bottom: 6px; font-size: 0.9375em; }
.t2.caution { display: flex; align-items: center; gap: 8px; }
.t3 { margin: 14px 0 4px; font-size: 0.9375em; }
.flow { flex: 1; padding: 20px; }
.flow:focus-visible { outline-offset: -3px; }

:host([position="fill"]) .panel { height: 100%; border: 0; border-radius: 0; }
:host([position="fill"]) .flow > *, :host([position="fill"]) .composer > * { width: 100%; max-width: 860px; margin-inline: auto; }
:host([position="fill"]) textarea, dialog textarea { min-height: 44px; }
:host([position="fill"]) .flow, dialog .flow { min-height: 0; overflow-y: auto; overscroll-behavior: contain; }
.launcher[aria-expanded="true"] { visibility: hidden; }
.launcher { position: fixed; inset: auto max(20px, env(safe-area-inset-right)) 20px auto; z-index: 2147483000; box-shadow: 0 4px 16px rgb(0 0 0 / 30%); }
dialog:not([open]) { display: none; }
dialog.panel { position: fixed; inset: auto 20px 20px auto; z-index: 2147483001; margin: 0; width: min(460px, calc(100vw - 40px)); max-width: none; height: min(720px, calc(100dvh - 40px)); max-height: none; box-shadow: 0 10px 40px rgb(0 0 0 / 35%); }

/* Controls */

button, .button, input, select, textarea { font: inherit; letter-spacing: inherit; color: inherit; }
button, .button { display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-height: 36px; margin: 0; padding: 5px 14px; border: 1px solid var(--edge); border-radius: var(--radius); background: var(--paper); color: var(--accent); font-size: 0.9375em; line-height: 1.3; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { border-color: var(--accent); text-decoration: underline; }
.quiet { gap: 5px; padding: 5px 6px; border-color: transparent; background: transparent; }
.primary { min-height: 44px; border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; }
.buttons { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.buttons > span { font-size: 0.9375em; }
.feedback .buttons { justify-content: end; }
textarea, input[type="text"], select { display: block; width: 100%; min-height: 44px; margin: 0; padding: 9px 12px; border: 1px solid var(--edge); border-radius: var(--radius); background: var(--paper); }
textarea { min-height: 68px; resize: vertical; max-height: 40vh; field-sizing: content; }
input[aria-invalid], select[aria-invalid], textarea[aria-invalid] { border: 2px solid var(--error); }
.field .error, .composer .error { margin: 2px 0 7px; }
label, legend { padding: 0; font-size: 0.9375em; font-weight: 600; }
.check { display: flex; align-items: baseline; gap: 8px; min-height: 28px; padding: 2px 0; font-weight: 400; cursor: pointer; }
.check input { width: 18px; height: 18px; margin: 0; flex: none; accent-color: var(--accent); transform: translateY(3px); }
.field { margin-top: 14px; }
.field label { display: block; margin-bottom: 4px; }
.control { position: relative; display: flex; gap: 8px; align-items: flex-end; }
.unit { position: absolute; inset: 0 14px 0 auto; display: grid; place-items: center; color: var(--soft); }

.composer { padding: 12px 20px 14px; border-top: 1px solid var(--line); background: var(--ground); }
.composer label { display: block; margin-bottom: 4px; }
.composer .small { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; margin-top: 6px; font-size: 0.8125em; }
.composer .primary { flex: none; }
header .primary { min-height: 36px; }
header .buttons { gap: 4px 6px; }
.count { font-variant-numeric: tabular-nums; }

/* Before the first question */

.welcome { display: grid; gap: 14px; }
.greeting { max-width: 62ch; }
.kinds { display: flex; flex-wrap: wrap; gap: 0 20px; }
.kinds legend { margin-bottom: 2px; }
.suggestions { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 8px; margin-top: -8px; }
.suggestions li { display: grid; }
.suggestions button { justify-content: flex-start; min-height: 48px; padding: 8px 14px; border-color: var(--line); text-align: start; }
.suggestions button:hover { border-color: var(--accent); }

/* Turns */

.turn { scroll-margin-top: 12px; }
.turn:focus-visible { outline: none; }
.turn:focus-visible .asked p { outline: 3px solid var(--accent); outline-offset: 2px; }
.turn + .turn { margin-top: 28px; padding-top: 24px; border-top: 1px solid var(--line); }
.asked { display: flex; justify-content: flex-end; margin-bottom: 14px; }
.asked p { max-width: min(88%, 60ch); padding: 9px 14px; border-radius: var(--radius) var(--radius) 2px; background: var(--tint); white-space: pre-wrap; }
.answer > * + * { margin-top: 14px; }
.answer > .block { margin-top: 20px; }
.status { display: flex; align-items: center; gap: 8px; color: var(--accent); font-size: 0.9375em; font-weight: 600; }
.status.answered { color: var(--good); }
.status.partially_answered, .caution { color: var(--caution); }
.status.not_in_documents, .status.out_of_scope, .status.refused { color: var(--soft); }
.status.error { color: var(--error); font-size: 0.9375em; }
.said { max-width: 70ch; white-space: pre-line; }
.said + .said, .statements > * + * { margin-top: 10px; }
ul.said { padding-inline-start: 20px; list-style: disc; }
ul.said li + li { margin-top: 6px; }
.framing { color: var(--soft); }
.statements > .framing:first-child { color: inherit; }
.chip { display: inline-grid; place-items: center; min-width: 24px; height: 24px; margin: 0 1px 0 3px; padding: 0 5px; border: 1px solid var(--accent); border-radius: 12px; background: var(--paper); font-size: 0.75em; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1; text-decoration: none; vertical-align: 0.1em; }
a.chip:hover { background: var(--accent); color: var(--on-accent); }

.card { padding: 14px 16px; border: 1px solid var(--line); border-radius: var(--radius); }
.verdict { border-inline-start: 5px solid var(--edge); }
.verdict .t2 { margin-bottom: 2px; color: var(--soft); font-size: 0.8125em; font-weight: 400; }
.verdict-is { display: flex; gap: 8px; align-items: center; font-size: 1.0625em; font-weight: 700; }
.verdict.listed { border-inline-start-color: var(--good); background: var(--good-tint); }
.verdict.listed .verdict-is { color: var(--good); }
.verdict.close { border-inline-start-color: var(--caution); background: var(--caution-tint); }
.verdict.close .verdict-is { color: var(--caution); }
.verdict.not { background: var(--ground); }

.card .button { margin-top: 10px; }
.missing { background: var(--ground); }
.missing .field .control { max-width: 320px; }
.missing .primary { margin-top: 16px; }
.missing > .error { margin-top: 8px; }

.calculation { padding-top: 0; overflow: clip; }
.note { display: flex; gap: 8px; align-items: baseline; margin: 0 -16px 12px; padding: 8px 16px; background: var(--caution-tint); color: var(--caution); font-size: 0.875em; font-weight: 600; }
.calculation ul { padding-inline-start: 20px; list-style: disc; font-size: 0.9375em; }
.calculation p:not(.note) { font-size: 0.9375em; }
.fold { margin: 14px 0; border-block: 1px solid var(--line); }
.fold > * + * { margin-bottom: 14px; }
summary { min-height: 28px; padding: 3px 0; color: var(--accent); font-size: 0.9375em; cursor: pointer; }
.fold th[scope="row"] { min-width: 8em; }
.fold td { min-width: 6.5em; }
.fold > summary { padding: 9px 0; font-weight: 600; }
summary:hover { text-decoration: underline; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375em; overflow-wrap: break-word; }
caption { padding: 6px 0; font-weight: 600; text-align: start; }
th, td { padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); font-weight: 400; text-align: start; vertical-align: top; }
thead th { border-bottom: 2px solid var(--edge); color: var(--soft); font-size: 0.875em; }
td { font-variant-numeric: tabular-nums; }
td:last-child, thead th:last-child { padding-inline-end: 0; }
.calculation > .scroll td, .calculation > .scroll thead th + th { text-align: end; white-space: nowrap; }
.calculation > .scroll td { font-weight: 700; }
tfoot th, tfoot td { border-top: 2px solid var(--edge); border-bottom: 0; font-weight: 700; }
.calculation > .scroll + .buttons, .fold + .buttons { margin-top: 14px; }

.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr)); gap: 12px; }
.beside li { background: var(--caution-tint); }

.sources > li { padding: 12px 0; border-top: 1px solid var(--line); font-size: 0.9375em; }
.sources > li:last-child { border-bottom: 1px solid var(--line); }
.sources > li > ul { display: grid; gap: 8px; margin-top: 8px; }
.sources ul li { display: grid; grid-template-columns: 24px 1fr; gap: 10px; }
.source-title { font-weight: 600; }
.source-n { display: grid; place-items: center; height: 24px; border-radius: 12px; background: var(--tint); color: var(--accent); font-size: 0.8125em; font-weight: 600; }
.worth { color: var(--soft); font-size: 0.9375em; }
.worth.caution { color: var(--caution); }
.worth svg { margin-inline-end: 5px; }
q { quotes: "«\\A0" "\\A0»"; white-space: pre-line; }
q:lang(en) { quotes: "“" "”"; }
a svg { width: 0.9em; height: 0.9em; margin-inline-start: 5px; vertical-align: -0.08em; }
blockquote { margin-top: 4px; padding-inline-start: 12px; border-inline-start: 3px solid var(--accent); white-space: pre-line; }

.answer > footer { display: grid; gap: 8px; padding-top: 2px; }
.prepared { color: var(--caution); font-size: 0.875em; font-weight: 600; }
.foot { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 20px; }
.feedback:has(form) { flex-basis: 100%; }
.feedback form { margin-top: 4px; background: var(--ground); }
.feedback .check { margin-top: 2px; }
.feedback .small { margin: 8px 0 12px; }
.feedback .buttons + .small { margin: 6px 0 0; }

/* Waiting: shown after a short moment only, so that a quick answer does not flash */

.progress { animation: appear 0.01s 0.2s both; display: grid; gap: 10px; justify-items: start; }
.progress ol { display: grid; gap: 4px; padding-inline-start: 2px; font-size: 0.9375em; }
.progress li { color: var(--soft); padding-inline-start: 26px; position: relative; }
.progress li::before { content: ""; position: absolute; inset: 0.42em auto auto 4px; width: 10px; height: 10px; border: 2px solid var(--edge); border-radius: 50%; }
.progress .done::before { border-color: var(--good); background: var(--good); }
.progress .current { color: var(--ink); font-weight: 600; }
.progress .current::before { border-color: var(--accent); background: linear-gradient(to right, var(--accent) 50%, transparent 50%); }
.spinner { width: 16px; height: 16px; border: 3px solid var(--line); border-top-color: var(--accent); border-radius: 50%; animation: turn 1s linear infinite; }
@keyframes appear { from { opacity: 0; } to { opacity: 1; } }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .spinner { animation: none; } }

/* Narrow and low windows; forced colours; paper */

@media (max-width: 600px) {
  header, .composer, .flow { padding-inline: 14px; }
  .quiet:not([aria-label]) { min-width: 44px; min-height: 44px; }
  dialog.panel { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; }
  th, td { padding-inline-end: 8px; }
  .composer .primary span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
}

@container panel (max-width: 520px) {
  .names p { display: none; }
  .feedback, .feedback .buttons > span { flex-basis: 100%; }
  .feedback .buttons { justify-content: start; }
}

@media (max-height: 480px) {
  :host([position="fill"]) .panel, dialog.panel { overflow-y: auto; }
  :host([position="fill"]) .flow, dialog .flow { flex: none; overflow: visible; }
}

@media (forced-colors: active) {
  .primary, .chip, .card { border: 1px solid ButtonText; }
  .spinner { border-top-color: Highlight; }
}

@media print {
  :host { color-scheme: light; }
  .paper { font-size: 11pt; }
  header .buttons, .composer, .launcher, .answer button, .feedback, .missing, .progress, a svg { display: none; }
  .panel { border: 0; }
  .card, .sources li, tr { break-inside: avoid; }
  .calculation { break-inside: auto; overflow: visible; }
  .asked { justify-content: start; }
  .asked p { max-width: none; border: 1px solid var(--line); }
  .t2, .status { break-after: avoid; }
  .flow, .scroll { overflow: visible; padding: 0; }
  .sources a::after { content: " (" attr(href) ")"; font-size: 9pt; overflow-wrap: anywhere; }
}
`;var Q="http://www.w3.org/2000/svg";function r(t,e,...n){let o=document.createElement(t);for(let[s,a]of Object.entries(e??{}))ze(o,s,a);return B(o,n),o}function h(t,...e){return t.replaceChildren(),B(t,e),t}function ze(t,e,n){n===!1||n===null||n===void 0||(typeof n=="function"?t.addEventListener(e.slice(2),n):t.setAttribute(e,n===!0?"":n))}function B(t,e){for(let n of e.flat(1/0))n!=null&&n!==!1&&t.append(n)}var Oe={answered:"M20 6 9 17l-5-5",partially_answered:"M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",needs_input:"M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.8v.01",not_in_documents:"M6 3h8l4 4v14H6zM9.5 11l5 5M14.5 11l-5 5",out_of_scope:"M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M8 12h8",refused:"M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM9 12h6",error:"M12 4 2.5 20h19zM12 10v4M12 17v.01",caution:"M12 4 2.5 20h19zM12 10v4M12 17v.01",chat:"M4 5h16v11H9l-5 4z",close:"M6 6l12 12M18 6 6 18",restart:"M4 5v5h5M4.5 10A8 8 0 1 1 4 13.5",print:"M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",send:"M4 12h15M13 6l6 6-6 6",stop:"M7 7h10v10H7z",copy:"M9 9h11v11H9zM5 15H4V4h11v1",file:"M12 4v11M7 11l5 5 5-5M5 20h14",mail:"M3 6h18v12H3zM3 7l9 6 9-6",out:"M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"};function f(t){let e=document.createElementNS(Q,"svg"),n=document.createElementNS(Q,"path");return e.setAttribute("viewBox","0 0 24 24"),e.setAttribute("aria-hidden","true"),n.setAttribute("d",Oe[t]),e.append(n),e}var Re=/^(-?)(\d+)(?:\.(\d+))?$/,J={$:"",M$:"M"};function v(t,e){return t.split("/").map(n=>je(n,e)).join("/")}function je(t,e){let n=Re.exec(t);if(!n)return t;let[,o,s,a]=n,i=s.replace(/\B(?=(\d{3})+$)/g,e==="en"?",":" ");return(o&&"−")+i+(a?(e==="en"?".":",")+a:"")}function y(t,e,n){let o=v(t,n);return!o||!e?o:n==="en"&&e in J?`$${o}${J[e]}`:`${o}${n==="en"&&e==="%"?"":" "}${e}`}var Ne=.8;function Y({say:t},e,n){let o=r("textarea",{id:"question",rows:"2",dir:"auto",enterkeyhint:"send","aria-describedby":"hint problem"}),s=r("p",{class:"error",id:"problem",role:"alert"}),a=r("span",{class:"count"}),i=()=>({used:v(String([...o.value].length),t.language),most:v(String(e),t.language)}),l=m=>{s.textContent=m,m?o.setAttribute("aria-invalid","true"):o.removeAttribute("aria-invalid")},c=()=>{l(""),a.textContent=[...o.value].length>e*Ne?t("question_left",i()):""},u=m=>{m.preventDefault();let b=o.value.trim();b?[...b].length>e?l(t("question_long",i())):n(b)&&(o.value="",c()):l(t("question_empty")),s.textContent&&o.focus()},d=m=>{m.key==="Enter"&&!m.shiftKey&&!m.isComposing&&u(m)};return o.addEventListener("input",c),o.addEventListener("keydown",d),{element:r("form",{class:"composer",novalidate:!0,onsubmit:u},r("label",{for:"question"},t("question_label")),s,r("div",{class:"control"},o,r("button",{class:"primary"},r("span",null,t("send")),f("send"))),r("p",{class:"small",id:"hint"},t("question_hint"),a)),area:o,tell:l}}async function C(t,e,n,o,s="copied"){let a=e.parentNode;a.nextElementSibling?.matches("textarea")&&a.nextElementSibling.remove();try{await navigator.clipboard.writeText(t),n(o(s))}catch{let i=r("textarea",{readonly:!0,rows:"6","aria-label":o("copy")});i.value=t,a.after(i),i.select(),n(o("copy_by_hand"))}}function X(t,e,n,o){let s=i=>`${o(i)}${o.colon}`.trimEnd(),a=n.length?["",s("references"),...n]:[];return[`${o("question_label")}${o.colon}${t.question}`,"",e.text,...a,"",o("prepared")].join(`
`)}var x={given:{measure:{fr:"Mesure",en:"Measure"},volet:{fr:"Volet",en:"Volet"},school_year:{fr:"Année scolaire",en:"School year"},volets:{fr:"Volets",en:"Volets"},envelope:{fr:"Enveloppe",en:"Envelope",kind:"money",ranked:{fr:"Enveloppe du volet",en:"Envelope of volet"}},envelope_before:{fr:"Enveloppe avant",en:"Envelope before",kind:"money"},envelope_after:{fr:"Enveloppe après",en:"Envelope after",kind:"money"},change:{fr:"Variation de l’enveloppe",en:"Change of the envelope",kind:"money"},target:{fr:"Allocation visée",en:"Allocation aimed at",kind:"money"},base_amount:{fr:"Montant de base donné",en:"Base amount given",kind:"money"},rounding_unit:{fr:"Unité d’arrondi",en:"Rounding unit",kind:"money"},amount:{fr:"Montant",en:"Amount",kind:"money",ranked:{fr:"Montant",en:"Amount"}},number_of_bodies:{fr:"Nombre d’organismes",en:"Number of bodies",kind:"count"},total_posts:{fr:"Total des postes",en:"Total posts",kind:"count"},posts:{fr:"Postes",en:"Posts",kind:"count"},total_headcount:{fr:"Effectif total (FGJ et FP)",en:"Total enrolment (youth and vocational)",kind:"count"},headcount:{fr:"Effectif (FGJ et FP)",en:"Enrolment (youth and vocational)",kind:"count"},fgj:{fr:"Élèves en FGJ",en:"Youth students",kind:"count"},fp:{fr:"Élèves en FP",en:"Vocational students",kind:"count"},fga_not_counted:{fr:"Élèves en FGA (ne comptent pas)",en:"Adult education students (not counted)",kind:"count"},percent:{fr:"Pourcentage",en:"Percentage",kind:"percent"},observed:{fr:"Valeur observée",en:"Observed value",kind:"percent"},to_clarify:{fr:"À préciser",en:"To be made clear"}},asked:{measure:{fr:"la mesure (15158 ou 30100)",en:"the measure (15158 or 30100)",say:{fr:"mesure {value}",en:"measure {value}"},choices:["15158","30100"]},volet:{fr:"le volet de la mesure 15158 (1, 2 ou 3)",en:"the volet of measure 15158 (1, 2 or 3)",say:{fr:"volet {value}",en:"volet {value}"},choices:["1","2","3"]},school_year:{fr:"l’année scolaire visée",en:"the school year",say:{fr:"année scolaire {value}",en:"school year {value}"},kind:"words"},envelope:{fr:"le montant de l’enveloppe",en:"the amount of the envelope",say:{fr:"enveloppe de {value}",en:"envelope of {value}"},kind:"money"},envelopes:{fr:"l’enveloppe de chacun des volets",en:"the envelope of each volet",say:{fr:"enveloppe du volet {rank}~: {value}",en:"envelope of volet {rank}: {value}"},each:{fr:"enveloppe du volet {rank}",en:"envelope of volet {rank}"},kind:"money"},number_of_bodies:{fr:"le nombre d’organismes qui se partagent l’enveloppe",en:"the number of bodies that share the envelope",say:{fr:"{value} organismes",en:"{value} bodies"},kind:"count"},total_posts:{fr:"le total des postes d’enseignants, tous organismes confondus",en:"the total number of teaching posts of all bodies",say:{fr:"{value} postes au total",en:"{value} posts in total"},kind:"count"},posts:{fr:"le nombre de postes d’enseignants de l’organisme",en:"the number of teaching posts of the body",say:{fr:"{value} postes chez nous",en:"{value} posts of ours"},kind:"count"},total_headcount:{fr:"l’effectif total (FGJ et FP) de tous les établissements",en:"the total enrolment (youth and vocational) of all schools",say:{fr:"effectif total de {value} élèves",en:"total enrolment of {value} students"},kind:"count"},headcount:{fr:"l’effectif de l’établissement (FGJ et FP)",en:"the enrolment of the school (youth and vocational)",say:{fr:"{value} élèves chez nous",en:"{value} students of ours"},kind:"count"},target:{fr:"l’allocation visée",en:"the allocation aimed at",say:{fr:"allocation visée de {value}",en:"aimed allocation of {value}"},kind:"money"},body:{fr:"l’organisme de la liste dont le nombre change",en:"the body of the list whose count changes",say:{fr:"organisme {value}",en:"body {value}"},kind:"words"}}};var K={title:{fr:"Balise",en:"Balise"},tagline:{fr:"Réponses citées mot à mot",en:"Answers quoted word for word"},greeting:{fr:"Posez une question sur les mesures 15158 et 30100, la Stratégie ou les documents qui s’y rattachent. La réponse cite les documents mot à mot; s’ils ne disent rien, elle le dit aussi.",en:"Ask about measures 15158 and 30100, the Strategy or the related documents. The answer quotes the documents word for word; where they say nothing, so does the answer."},open:{fr:"Poser une question",en:"Ask a question"},close:{fr:"Fermer",en:"Close"},restart:{fr:"Recommencer",en:"Start over"},restart_ask:{fr:"Effacer la conversation?",en:"Clear the conversation?"},restart_yes:{fr:"Effacer",en:"Clear"},restart_no:{fr:"Annuler",en:"Cancel"},restart_done:{fr:"La conversation est effacée.",en:"The conversation has been cleared."},print:{fr:"Imprimer",en:"Print"},conversation:{fr:"Conversation",en:"Conversation"},who:{fr:"Vous travaillez pour",en:"You work for"},who_public:{fr:"Un organisme public",en:"A public body"},who_private:{fr:"Un établissement privé",en:"A private school"},who_any:{fr:"Autre",en:"Other"},suggestions:{fr:"Pour commencer",en:"To get started"},suggest_public_1:{fr:"Comment l’enveloppe du volet~1 est-elle répartie?",en:"How is the envelope of volet 1 distributed?"},suggest_public_2:{fr:"Quelle serait notre part au volet~2?",en:"What would our share be under volet 2?"},suggest_public_3:{fr:"Organiser un événement de reconnaissance est-il admissible au volet~1?",en:"Is a staff recognition event eligible under volet 1?"},suggest_private_1:{fr:"Comment l’enveloppe de la mesure 30100 est-elle répartie?",en:"How is the envelope of measure 30100 distributed?"},suggest_private_2:{fr:"Quelle serait notre part de la mesure 30100?",en:"What would our share of measure 30100 be?"},suggest_private_3:{fr:"Un programme de mentorat est-il admissible au volet~3?",en:"Is a mentoring program eligible under volet 3?"},suggest_any_1:{fr:"Qu’est-ce qu’un veilleur bienveillant?",en:"What is a “veilleur bienveillant”?"},suggest_any_2:{fr:"Quels sont des exemples d’actions au volet~3?",en:"What are examples of actions under volet 3?"},suggest_any_3:{fr:"Les axes de la Stratégie totalisent-ils 140~M$?",en:"Do the axes of the Strategy add up to $140M?"},suggest_any_4:{fr:"Un programme de mentorat est-il admissible au volet~3?",en:"Is a mentoring program eligible under volet 3?"},question_label:{fr:"Votre question",en:"Your question"},question_hint:{fr:"Entrée pour envoyer. N’inscrivez aucun renseignement personnel.",en:"Enter to send. Do not enter any personal information."},question_left:{fr:"{used} caractères sur {most}",en:"{used} of {most} characters"},question_empty:{fr:"Écrivez d’abord votre question.",en:"Write your question first."},question_long:{fr:"La question compte {used}~caractères; la limite est de {most}. Raccourcissez-la pour l’envoyer.",en:"The question has {used} characters; the limit is {most}. Shorten it to send it."},send:{fr:"Envoyer",en:"Send"},stop:{fr:"Arrêter",en:"Stop"},answer_title:{fr:"Réponse",en:"Answer"},working:{fr:"Réponse en préparation",en:"Preparing the answer"},working_busy:{fr:"Une réponse est déjà en préparation; attendez-la ou arrêtez-la.",en:"An answer is already being prepared; wait for it or stop it."},working_slow:{fr:"La réponse tarde. Vous pouvez encore attendre, ou arrêter et réessayer.",en:"The answer is taking a while. You can keep waiting, or stop and try again."},step_read:{fr:"Lecture de la question",en:"Reading the question"},step_search:{fr:"Recherche dans les documents",en:"Searching the documents"},step_compute:{fr:"Calcul, s’il y a lieu",en:"Computation, if needed"},step_compose:{fr:"Préparation de la réponse",en:"Preparing the answer"},step_check:{fr:"Vérification des citations et des chiffres",en:"Checking quotations and figures"},step_done:{fr:"terminé",en:"done"},step_current:{fr:"en cours",en:"in progress"},failed_title:{fr:"La réponse n’est pas arrivée",en:"The answer did not arrive"},failed_network:{fr:"La connexion au service est interrompue. Votre question est conservée; réessayez quand la connexion sera rétablie.",en:"The connection to the service was lost. Your question is kept; try again once the connection is back."},failed_slow:{fr:"Le service n’a pas répondu à temps. Votre question est conservée.",en:"The service did not answer in time. Your question is kept."},failed_stopped:{fr:"Vous avez arrêté cette réponse.",en:"You stopped this answer."},failed_left:{fr:"La page a été quittée avant l’arrivée de la réponse.",en:"The page was left before the answer arrived."},failed_server:{fr:"Le service a éprouvé une difficulté (code {status}).",en:"The service ran into a problem (code {status})."},failed_reference:{fr:"Identifiant de la requête~: {id}",en:"Request id: {id}"},retry:{fr:"Réessayer",en:"Try again"},status_answered:{fr:"Réponse fondée sur les documents",en:"Answer based on the documents"},status_partially_answered:{fr:"Réponse partielle",en:"Partial answer"},status_needs_input:{fr:"Il manque un renseignement",en:"More information needed"},status_not_in_documents:{fr:"Les documents ne le précisent pas",en:"The documents do not say"},status_out_of_scope:{fr:"Hors du sujet des documents",en:"Outside the scope of the documents"},status_refused:{fr:"Demande non traitée",en:"Request not processed"},status_error:{fr:"Réponse non disponible",en:"Answer not available"},understood:{fr:"Question comprise avec la conversation~: {question}",en:"Question as understood from the conversation: {question}"},eligibility:{fr:"Admissibilité de la dépense",en:"Eligibility of the expense"},eligibility_listed:{fr:"Nommée parmi les exemples du guide",en:"Listed among the guide’s examples"},eligibility_listed_more:{fr:"Le guide la donne en exemple; ses exemples ne forment pas une liste fermée.",en:"The guide gives it as an example; its examples are not a closed list."},eligibility_close:{fr:"Proche d’un exemple du guide",en:"Close to an example in the guide"},eligibility_close_more:{fr:"L’exemple cité s’en approche sans la nommer; il ne tranche pas la question.",en:"The quoted example comes near it without naming it; it does not settle the question."},eligibility_not:{fr:"Non mentionnée dans le guide",en:"Not mentioned in the guide"},eligibility_not_more:{fr:"Le guide ne se prononce ni dans un sens ni dans l’autre.",en:"The guide does not say one way or the other."},source:{fr:"Source {n}~: {title}",en:"Source {n}: {title}"},page:{fr:"page~{n}",en:"page {n}"},new_tab:{fr:"nouvel onglet",en:"new tab"},citations_title:{fr:"Sources citées",en:"Quoted sources"},nearest_title:{fr:"Passages les plus proches",en:"Closest passages"},quote:{fr:"Passage entier",en:"Whole passage"},validity:{fr:"Période visée",en:"Period covered"},unknown:{fr:"non précisée dans le document",en:"not stated in the document"},authority_ministry:{fr:"Texte du ministère de l’Éducation",en:"Text of the Ministère de l’Éducation"},authority_government:{fr:"Texte du gouvernement du Québec",en:"Text of the Gouvernement du Québec"},authority_local:{fr:"Document d’un organisme local; ce n’est pas une règle du Ministère",en:"Document of a local body; not a rule of the Ministry"},authority_unknown:{fr:"Origine inconnue; à ne pas tenir pour un texte du Ministère",en:"Origin unknown; not to be taken as a text of the Ministry"},historical:{fr:"Document historique~: donné pour le contexte, il n’est pas en vigueur par lui-même.",en:"Historical document: given for context, not in force by itself."},conflicts_title:{fr:"Les sources ne concordent pas",en:"The sources disagree"},simulation:{fr:"Simulation~: ce calcul n’est pas un montant confirmé par le Ministère.",en:"Simulation: this computation is not an amount confirmed by the Ministry."},results:{fr:"Résultats",en:"Results"},result:{fr:"Résultat",en:"Result"},amount:{fr:"Montant",en:"Amount"},no_amount:{fr:"aucun montant affiché",en:"no printed amount"},total:{fr:"Total",en:"Total"},warnings:{fr:"Mises en garde",en:"Warnings"},calculation_title:{fr:"Détail du calcul",en:"Working"},formula:{fr:"Formule",en:"Formula"},steps:{fr:"Étapes",en:"Steps"},step:{fr:"Étape",en:"Step"},expression:{fr:"Opération",en:"Operation"},rounded:{fr:"Valeur arrondie",en:"Rounded value"},exact:{fr:"Valeur exacte",en:"Exact value"},inputs:{fr:"Données fournies",en:"Inputs"},input:{fr:"Donnée",en:"Input"},value:{fr:"Valeur",en:"Value"},parameters:{fr:"Paramètres",en:"Parameters"},parameter:{fr:"Paramètre",en:"Parameter"},parameter_status:{fr:"Nature",en:"Nature"},parameter_official:{fr:"officiel",en:"official"},parameter_indicative:{fr:"à titre indicatif",en:"indicative"},parameter_hypothesis:{fr:"hypothèse",en:"hypothesis"},rounding:{fr:"Arrondi",en:"Rounding"},assumptions:{fr:"Hypothèses",en:"Assumptions"},calculation_copy:{fr:"Copier le tableau",en:"Copy the table"},calculation_file:{fr:"Télécharger (XLSX)",en:"Download (XLSX)"},calculation_saved:{fr:"Le classeur est téléchargé.",en:"The workbook has been downloaded."},calculation_failed:{fr:"Le classeur n’a pas pu être téléchargé. Réessayez dans un instant.",en:"The workbook could not be downloaded. Try again shortly."},form_title:{fr:"Compléter le calcul",en:"Complete the computation"},form_hint:{fr:"Ces données servent à ce calcul seulement. Écrivez les nombres comme d’habitude, par exemple 12~500 ou 750,5.",en:"These values are used for this computation only. Write numbers as usual, for example 12,500 or 750.5."},form_send:{fr:"Calculer",en:"Compute"},form_choose:{fr:"Choisir…",en:"Choose…"},form_required:{fr:"Ce renseignement est nécessaire.",en:"This information is needed."},form_number:{fr:"Écrivez un nombre, par exemple 12~500.",en:"Write a number, for example 12,500."},form_problems:{fr:"Corrigez les champs signalés, puis calculez.",en:"Correct the fields marked below, then compute."},referral_title:{fr:"À qui vous adresser",en:"Whom to contact"},referral_write:{fr:"Préparer un courriel",en:"Prepare an e-mail"},mail_subject:{fr:"Question sur les mesures 15158 et 30100~: {question}",en:"Question about measures 15158 and 30100: {question}"},mail_body:{fr:`Bonjour,

Je cherche une réponse à la question suivante~:

{question}

L’assistant Balise a répondu~: {answer}

{passages}Merci d’avance de votre aide.

[Votre nom, votre fonction, votre organisme]`,en:`Hello,

I am looking for an answer to the following question:

{question}

The Balise assistant replied: {answer}

{passages}Thank you in advance for your help.

[Your name, your position, your organization]`},mail_passages:{fr:"Passages les plus proches~:",en:"Closest passages:"},prepared:{fr:"Préparé automatiquement, à valider.",en:"Prepared automatically, to be checked."},copy:{fr:"Copier la réponse",en:"Copy the answer"},copied:{fr:"Copié avec les références.",en:"Copied with its references."},copied_table:{fr:"Tableau copié.",en:"Table copied."},copy_by_hand:{fr:"La copie automatique n’est pas permise ici. Le texte est sélectionné~: copiez-le avec Ctrl + C.",en:"Automatic copying is not allowed here. The text is selected: copy it with Ctrl + C."},references:{fr:"Références",en:"References"},feedback_question:{fr:"Cette réponse est-elle utile?",en:"Is this answer useful?"},feedback_yes:{fr:"Utile",en:"Useful"},feedback_no:{fr:"Pas utile",en:"Not useful"},feedback_reasons:{fr:"Qu’est-ce qui ne va pas?",en:"What is wrong?"},reason_wrong_figure:{fr:"Un chiffre est inexact",en:"A figure is wrong"},reason_wrong_source:{fr:"La source n’est pas la bonne",en:"The source is not the right one"},reason_incomplete:{fr:"La réponse est incomplète",en:"The answer is incomplete"},reason_unclear:{fr:"La réponse n’est pas claire",en:"The answer is unclear"},reason_out_of_date:{fr:"L’information n’est plus à jour",en:"The information is out of date"},feedback_comment:{fr:"Commentaire (facultatif)",en:"Comment (optional)"},feedback_join:{fr:"Joindre ma question",en:"Include my question"},feedback_use:{fr:"Votre avis est conservé avec l’identifiant de la réponse et lu par les personnes qui tiennent l’outil et ses documents à jour. Il ne reçoit pas de réponse individuelle; n’y inscrivez aucun renseignement personnel.",en:"Your feedback is kept with the id of the answer and read by the people who keep the tool and its documents up to date. It gets no individual reply; do not enter any personal information."},feedback_send:{fr:"Envoyer l’avis",en:"Send feedback"},feedback_cancel:{fr:"Annuler",en:"Cancel"},feedback_empty:{fr:"Cochez une raison ou écrivez un commentaire.",en:"Tick a reason or write a comment."},feedback_thanks:{fr:"Merci, votre avis est enregistré; il sert à corriger l’outil et ses documents.",en:"Thank you, your feedback is recorded; it is used to correct the tool and its documents."},feedback_failed:{fr:"L’avis n’a pas pu être enregistré. Réessayez.",en:"The feedback could not be recorded. Try again."},announce:{fr:"{status}. {text} {sources}",en:"{status}. {text} {sources}"},announce_sources:{fr:"Sources citées~: {n}.",en:"Quoted sources: {n}."}};var g={fr:"fr-CA",en:"en-CA"};function Z(t){let e=(n,o={})=>E(K[n]?.[t]??"",o);return e.language=t,e.colon=t==="en"?": ":" : ",e}function E(t,e){return t.replaceAll("~"," ").replace(/\{(\w+)\}/g,(n,o)=>String(e[o]??""))}var Ve={money:"$",percent:"%"};function ee(t,e){let{measure:n,volet:o,school_year:s,inputs:a}=t;return Object.entries({measure:n,volet:o,school_year:s,...a}).filter(([,i])=>i).map(([i,l])=>{let[c,u]=i.split(/:(.*)/s),{label:d,unit:p}=Ue(c,e);return[u===void 0?d:`${d} (${u})`,De(l,p,e)]})}function Ue(t,e){if(x.given[t])return{label:x.given[t][e],unit:x.given[t].kind};let[,n,o]=/^(.*)_(\d+)$/.exec(t)??[],s=x.given[n]?.ranked;return s?{label:`${s[e]} ${o}`,unit:x.given[n].kind}:{label:t}}function De(t,e,n){return e?t.split("; ").map(o=>y(o,Ve[e]??"",n)).join("; "):t}function te(t){let{language:e}=t;return t.missing.flatMap(n=>{let o=Object.values(x.asked).find(c=>c[e]===n);if(!o)return[{label:N(n),kind:"words",say:c=>`${n}${e==="en"?": ":" : "}${c}`}];let{kind:s,choices:a,each:i}=o;return(i?(t.calculation?.inputs?.volets??"1, 2, 3").split(", "):[""]).map(c=>({label:N(E((i??o)[e],{rank:c})),kind:s??"choice",choices:a,say:u=>E(o.say[e],{rank:c,value:Ge(u,s,e)})}))})}function Ge(t,e,n){let o=t.replace(/(?<=\d)[\s\u00a0\u202f](?=\d)/g,""),s=/^\d+$/.test(o)?v(o,n):t;return e!=="money"||!/^[\d\s.,\u00a0\u202f]+$/.test(t)?s:n==="en"?`$${s}`:`${s} $`}function ne(t,e){return N(`${t.map((n,o)=>n.say(e[o])).join("; ")}.`)}function N(t){return t.charAt(0).toLocaleUpperCase()+t.slice(1)}var w=class extends Error{constructor(e){super(e.title??String(e.status)),this.problem=e}};function S(t,e){return new URL(e,t).href}async function q(t,e,n,o,s){let a={"Content-Type":"application/json",Accept:o},i=await fetch(S(t,e),{method:"POST",headers:a,body:JSON.stringify(n),signal:s});if(i.ok)return i;let l=await i.json().catch(()=>null);throw new w({...l,status:i.status})}async function oe(t,e,{signal:n,heard:o,alive:s}){let a=await q(t,"v1/chat",e,"text/event-stream",n);if(!a.headers.get("Content-Type")?.startsWith("text/event-stream"))return a.json();for await(let{event:i,data:l}of He(a.body,s))if(i==="progress")o(JSON.parse(l).step);else{if(i==="answer")return JSON.parse(l);if(i==="error")throw new w(JSON.parse(l))}throw new TypeError("the stream ended without an answer")}async function*He(t,e){let n=t.getReader(),o=new TextDecoder,s="";try{for(let a=await n.read();!a.done;a=await n.read()){e();let i=(s+o.decode(a.value,{stream:!0})).split(/\r?\n\r?\n/);s=i.pop();for(let l of i)yield We(l)}}finally{n.cancel().catch(()=>{})}}function We(t){let e={event:"message",data:""};for(let n of t.split(/\r?\n/)){let[,o,s]=/^(event|data): ?(.*)$/.exec(n)??[];o==="event"?e.event=s:o==="data"&&(e.data+=e.data?`
${s}`:s)}return e}var Fe=/^\/documents\/[^\\]*$/,re=140,P="";function M(t,{base:e,say:n}){if(!Fe.test(t.url))return"";let o=new URL(S(e,t.url.slice(1)));return n.language==="en"&&o.searchParams.set("lang","en"),o.href}function $(t,{say:e,documents:n}){let o=n.get(t.document)?.short_title??t.title;return t.page===null?o:`${o}, ${e("page",{n:t.page})}`}function ae(t,{documents:e}){return g[e.get(t.document)?.language??"fr"]}function I(t,{say:e,documents:n}){let o=t.validity==="unknown"?e("unknown"):t.validity;return{said:[e(`authority_${t.authority}`)||t.authority,`${e("validity")}${e.colon}${o}`],historical:n.get(t.document)?.status==="historical"}}function V(t,e,n){let o=t.citations.filter(a=>!t.text.includes(`[${a}]`)),s=o.length?`${t.text} ${o.map(a=>`[${a}]`).join("")}`:t.text;return Qe(s).map(({items:a,line:i})=>a?r("ul",{class:"said"},a.map(l=>r("li",null,se(l,e,n)))):r("p",{class:`said ${t.kind}`},se(i,e,n)))}function Qe(t){let e=[];for(let n of t.split(`
`).filter(o=>o.trim())){let o=/^[•-] (.*)$/.exec(n)?.[1];o===void 0?e.push({line:n}):e.at(-1)?.items?e.at(-1).items.push(o):e.push({items:[o]})}return e}function ie(t){return t.replace(/ (?=[:;!?»%$])/g," ").replace(/(?<=«) /g," ")}function se(t,e,n){return Be(ie(t),e.language).map(({words:o,quoted:s})=>{let a=o.replace(/( ?\[\d+\])/g,`${P}$1${P}`).split(P).map(i=>Je(i,e,n));return s?r("span",{lang:g.fr},a):a})}function Be(t,e){if(e==="fr")return[{words:t,quoted:!1}];let n=[],o=0;for(let s of t.split(/(?=«)|(?<=»)/)){let a=s.startsWith("«");o&&n.length?n.at(-1).words+=s:n.push({words:s,quoted:a}),o=Math.max(0,o+(a?1:0)-(s.endsWith("»")?1:0))}return n}function Je(t,e,n){let o=Number(/^ ?\[(\d+)\]$/.exec(t)?.[1]),s=e.citations.find(a=>a.n===o);return s?T(s,n):t}function T(t,e){let{say:n}=e,o=M(t,e),s=n("source",{n:t.n,title:$(t,e)}),a=r("span",{class:"chip-n"},String(t.n));return o?r("a",{class:"chip",href:o,target:"_blank",rel:"noopener","aria-label":`${s} (${n("new_tab")})`},a):r("span",{class:"chip"},r("span",{class:"hidden"},s),a)}function le(t,e,n){let o=new Map;for(let s of t)o.set(s.document,[...o.get(s.document)??[],s]);return r("ul",{class:"sources"},[...o.values()].map(s=>r("li",null,Ye(s,e,n))))}function Ye(t,e,n){let{say:o,documents:s}=e,[a]=t,{said:i,historical:l}=I(a,e),c=["local","unknown"].includes(a.authority);return[r("p",{class:"source-title",lang:ae(a,e)},s.get(a.document)?.short_title??a.title),r("p",{class:c?"worth caution":"worth"},c&&f("caution"),i.join(" · ")),l&&r("p",{class:"worth caution"},f("caution"),o("historical")),r("ul",null,t.map(u=>r("li",null,Xe(u,e,n))))]}function Xe(t,e,n){let{say:o}=e,s=ae(t,e),a=[...t.quote],i=!n&&a.length>re,l=i?`${a.slice(0,re).join("").replace(/[.,;:]?\s+\S*$/,"")}…`:t.quote,c=r("q",{lang:s,dir:"auto"},ie(l)),u=M(t,e),d=r("span",{class:"hidden"},` (${o("new_tab")})`);return[r("span",{class:"source-n"},String(t.n)),r("div",null,u?r("a",{href:u,target:"_blank",rel:"noopener"},c,f("out"),d):c,t.page!==null&&r("span",{class:"small"}," ",o("page",{n:t.page})),i&&r("details",null,r("summary",null,o("quote")),r("blockquote",{lang:s,dir:"auto"},t.quote)))]}var Ke="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",Ze=["list","list_volets"];function ce(t,e){let n=t.calculation;if(!n?.results.length)return null;let{say:o,heading:s}=e,a=n.warnings.filter(i=>n.measure!==null||!t.statements.some(l=>l.text===i));return r("div",{class:"card calculation"},s(2,{class:"hidden"},o("results")),r("p",{class:"note"},f("caution"),o("simulation")),A(o("results"),[o("result"),o("amount")],ue(t,o),t.language,de(t,o),!0),a.length>0&&[s(3,{},o("warnings")),pe(a,t)],r("details",{class:"fold"},r("summary",null,o("calculation_title")),et(t,e)),tt(t,e))}function ue(t,e){return t.calculation.results.map(n=>{let o=n.amount?y(n.amount,n.unit,t.language):e("no_amount");return[n.label,`${n.qualifier} ${o}`.trim()]})}function de(t,e){let{operation:n,results:o}=t.calculation,s=o.map(c=>/^(\d+)(?:\.(\d\d))?$/.exec(c.amount));if(!Ze.includes(n)||o.length<2||s.includes(null))return null;let i=s.map(([,c,u])=>BigInt(c+(u??"00"))).reduce((c,u)=>c+u,0n).toString().padStart(3,"0"),l=o.some(c=>c.amount.includes("."))?`.${i.slice(-2)}`:"";return[e("total"),y(i.slice(0,-2)+l,o[0].unit,t.language)]}function et(t,e){let{say:n,heading:o}=e,{language:s}=t,a=t.calculation,i=ee(a,s),l=d=>[d.label,t.citations.filter(p=>p.n===d.citation).map(p=>T(p,e))],c=a.steps.map(d=>[l(d),d.expression,d.rounded,v(d.exact,s)]),u=a.parameters.map(d=>[l(d),y(d.value,d.unit,s),n(`parameter_${d.status}`)]);return[a.formula&&r("p",null,r("b",null,n("formula"),n.colon),r("span",{lang:g[s]},a.formula)),c.length>0&&A(n("steps"),[n("step"),n("expression"),n("rounded"),n("exact")],c,s),i.length>0&&A(n("inputs"),[n("input"),n("value")],i,s),u.length>0&&A(n("parameters"),[n("parameter"),n("value"),n("parameter_status")],u,s),a.rounding&&r("p",null,r("b",null,n("rounding"),n.colon),r("span",{lang:g[s]},a.rounding)),a.assumptions.length>0&&[o(3,{},n("assumptions")),pe(a.assumptions,t)]]}function pe(t,e){return r("ul",{lang:g[e.language]},t.map(n=>r("li",null,n)))}function A(t,e,n,o,s,a){let i=g[o],l=([c,...u])=>r("tr",null,r("th",{scope:"row",lang:i,dir:"auto"},c),u.map(d=>r("td",{lang:i},d)));return r("div",{class:"scroll",role:"group",tabindex:"0","aria-label":t},r("table",null,r("caption",{class:a&&"hidden"},t),r("thead",null,r("tr",null,e.map(c=>r("th",{scope:"col"},c)))),r("tbody",null,n.map(l)),s&&r("tfoot",null,l(s))))}function tt(t,e){let{say:n}=e,o=r("p",{class:"small",role:"status"}),s=l=>o.textContent=l,i=[[n("result"),n("amount")],...ue(t,n),de(t,n)].filter(Boolean).map(l=>l.join("	")).join(`
`);return[r("div",{class:"buttons"},r("button",{type:"button",onclick:l=>C(i,l.currentTarget,s,n,"copied_table")},f("copy"),n("calculation_copy")),r("button",{type:"button",onclick:()=>nt(e,s)},f("file"),n("calculation_file"))),o]}async function nt({base:t,say:e,request:n},o){o("");try{let s=await q(t,"v1/chat/workbook",n(),Ke),a=URL.createObjectURL(await s.blob());r("a",{href:a,download:"simulation.xlsx"}).click(),setTimeout(()=>URL.revokeObjectURL(a),6e4),o(e("calculation_saved"))}catch{o(e("calculation_failed"))}}var ot=["wrong_figure","wrong_source","incomplete","unclear","out_of_date"],rt=2e3,st=0;function fe(t,e,n){if(!t.id)return null;let{say:o,base:s}=n,a=r("p",{class:"small",role:"status"}),i=r("div",{class:"feedback"}),l=async u=>{try{let d={answer_id:t.id,language:t.language,reasons:[],...u};await q(s,"v1/feedback",d,"application/json"),h(i,a),a.textContent=o("feedback_thanks"),a.tabIndex=-1,a.focus()}catch{a.textContent=o("feedback_failed")}},c=u=>{let d=r("button",{type:"button",onclick:()=>at(i,a,e,o,l,c)},o("feedback_no")),p=r("button",{type:"button",onclick:()=>l({useful:!0})},o("feedback_yes"));a.textContent="",h(i,r("div",{class:"buttons",role:"group","aria-label":o("feedback_question")},r("span",null,o("feedback_question")),p,d),a),u&&d.focus()};return c(!1),i}function at(t,e,n,o,s,a){let i=`feedback-${st+=1}`,l=(m,b,k)=>r("label",{class:"check"},r("input",{type:"checkbox",value:m,checked:k}),r("span",null,b)),c=ot.map(m=>l(m,o(`reason_${m}`))),u=l("question",o("feedback_join"),!0),d=r("textarea",{id:i,rows:"3",maxlength:String(rt),dir:"auto"}),p=m=>{m.preventDefault();let b=c.map(_=>_.firstChild).filter(_=>_.checked),k=d.value.trim();if(!b.length&&!k){e.textContent=o("feedback_empty");return}let j={useful:!1,reasons:b.map(_=>_.value)};k&&(j.comment=k),u.firstChild.checked&&(j.question=n.question),s(j)};e.textContent="",h(t,r("form",{class:"card",novalidate:!0,onsubmit:p},r("fieldset",null,r("legend",null,o("feedback_reasons")),c),r("div",{class:"field"},r("label",{for:i},o("feedback_comment")),d),u,r("p",{class:"small"},o("feedback_use")),e,r("div",{class:"buttons"},r("button",{class:"primary"},o("feedback_send")),r("button",{type:"button",onclick:()=>a(!0)},o("feedback_cancel"))))),c[0].firstChild.focus(),t.scrollIntoView({block:"nearest"})}var it=0;function me(t,{say:e,heading:n},o){if(t.status!=="needs_input"||!t.missing.length)return null;let s=`form-${it+=1}`,a=te(t).map((c,u)=>({...c,...lt(c,`${s}-${u}`,t,e)})),i=r("p",{class:"error",role:"alert"});return r("form",{class:"card missing",novalidate:!0,"aria-labelledby":s,onsubmit:c=>{c.preventDefault();let u=a.filter(d=>!ct(d,e));h(i,u.length>0&&e("form_problems")),u.length?u[0].control.focus():o(ne(a,a.map(d=>d.control.value.trim())))}},n(2,{id:s},e("form_title")),r("p",{class:"small"},e("form_hint")),i,a.map(c=>c.row),r("button",{class:"primary"},e("form_send"),f("send")))}function lt(t,e,n,o){let s=g[n.language],a=r("p",{class:"error",id:`${e}-problem`}),i={id:e,"aria-describedby":`${e}-problem`,"aria-required":"true"},l=t.choices?r("select",i,r("option",{value:""},o("form_choose")),t.choices.map(d=>r("option",null,d))):r("input",{...i,type:"text",autocomplete:"off",inputmode:t.kind==="words"?"text":"decimal",dir:"auto"}),c=t.kind==="money"&&r("span",{class:"unit","aria-hidden":"true"},"$"),u=r("div",{class:"field"},r("label",{for:e,lang:s},t.label),a,r("div",{class:"control"},l,c));return{control:l,problem:a,row:u}}function ct({control:t,problem:e,kind:n},o){let s=t.value.trim(),i=s?(n==="money"||n==="count")&&!/\d/.test(s)?o("form_number"):"":o("form_required");return e.textContent=i,i?t.setAttribute("aria-invalid","true"):t.removeAttribute("aria-invalid"),!i}var ut=/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/,L={subject:60,question:500,answer:300,quote:160},dt=3;function he(t,e,n){let o=t.referral;if(!o||!ut.test(o.email))return null;let{say:s,heading:a}=n;return r("div",{class:"card"},a(2,{},s("referral_title")),r("p",{lang:g[t.language]},o.reason,U(t).map(i=>T(i,n))),r("a",{class:"button",href:pt(o.email,t,e,n)},f("mail"),s("referral_write")))}function U(t){return t.referral?t.citations.filter(e=>e.quote===t.referral.email):[]}function pt(t,e,n,o){let{say:s}=o,a=e.nearest.slice(0,dt).map(d=>`- ${$(d,o)}${s.colon}« ${z(d.quote,L.quote)} »`),i=a.length?[s("mail_passages"),...a,"",""].join(`
`):"",l=e.statements[0]?.text??e.text,c=s("mail_subject",{question:z(n.question.replace(/\s+/g," "),L.subject)}),u=s("mail_body",{question:z(n.question,L.question),answer:z(l.replace(/ ?\[\d+\]/g,""),L.answer),passages:i});return`mailto:${t}?subject=${encodeURIComponent(c)}&body=${encodeURIComponent(u.replaceAll(`
`,`\r
`))}`}function z(t,e){let n=[...t];return n.length>e?`${n.slice(0,e-1).join("")}…`:t}var ft={explicitly_listed:["listed","answered"],close_to_a_listed_example:["close","partially_answered"],close_to_example:["close","partially_answered"],not_mentioned:["not","not_in_documents"]};function be(t,e,n){let{answer:o}=t,{say:s}=e,a=new Set([...o.nearest.map(D),...U(o).map(D)]),i=o.citations.filter(l=>!a.has(D(l)));return[r("p",{class:`status ${o.status}`},f(o.status),s(`status_${o.status}`)),mt(t,e),ht(o,e),r("div",{class:"statements",lang:g[o.language]},gt(o,e)),me(o,e,n),ce(o,e),vt(o,e),ge("nearest_title",o.nearest,e,!0),ge("citations_title",i,e,!1),he(o,t,e),xt(t,e)]}function ve({answer:t},e){let n=t.citations?.length;return e("announce",{status:e(`status_${t.status}`),text:t.text.replace(/ ?\[\d+\]/g,""),sources:n?e("announce_sources",{n}):""})}function D({document:t,start:e,end:n}){return`${t} ${e} ${n}`}function mt({question:t,answer:e},{say:n}){let o=e.understood?.question;return o&&o!==t&&r("p",{class:"small",dir:"auto"},n("understood",{question:o}))}function ht(t,{say:e,heading:n}){let[o,s]=ft[t.eligibility]??[];return o?r("div",{class:`card verdict ${o}`},n(2,{},e("eligibility")),r("p",{class:"verdict-is"},f(s),e(`eligibility_${o}`)),r("p",{class:"small"},e(`eligibility_${o}_more`))):null}function gt(t,e){return t.statements.length?t.statements.filter((n,o)=>o===0||!bt(n,t)).map(n=>V(n,t,e)):r("p",{class:"said"},t.text)}function bt(t,e){if(t.text===e.referral?.reason)return!0;let n=e.calculation;if(!n?.results.length)return!1;if(n.measure===null)return t.kind==="computed"&&!t.citations.length;let o=[n.rounding,...n.assumptions,...n.warnings],s=new Set(n.parameters.map(i=>i.citation)),a=t.kind==="claim"&&t.citations.length>0&&t.citations.every(i=>s.has(i));return t.kind==="computed"||a||o.includes(t.text)}function vt(t,e){if(!t.conflicts.length)return null;let{say:n,heading:o}=e,s=t.conflicts.map(a=>r("li",{class:"card",lang:g[t.language]},V({text:a,citations:[],kind:"claim"},t,e)));return r("div",{class:"block"},o(2,{class:"caution"},f("caution"),n("conflicts_title")),r("ul",{class:"beside"},s))}function ge(t,e,n,o){return e.length?r("div",{class:"block"},n.heading(2,{},n.say(t)),le(e,n,o)):null}function xt(t,e){let{say:n}=e,o=r("p",{class:"small",role:"status"}),s=a=>C(X(t,t.answer,yt(t.answer,e),n),a.currentTarget,i=>o.textContent=i,n);return r("footer",null,r("p",{class:"prepared"},n("prepared")),r("div",{class:"foot"},r("div",null,r("button",{type:"button",onclick:s},f("copy"),n("copy"))),fe(t.answer,t,e)),o)}function yt(t,e){return t.citations.map(n=>{let{said:o,historical:s}=I(n,e),a=[...o,...s?[e.say("historical")]:[]].join("; ");return`[${n.n}] ${$(n,e)} (${a})${e.say.colon}« ${n.quote} » ${M(n,e)}`.trimEnd()})}function G(t){try{return t==="none"?null:t==="browser"?localStorage:sessionStorage}catch{return null}}function xe(t,e){try{let n=JSON.parse(G(t)?.getItem(e)??"[]");return Array.isArray(n)?n.filter(o=>typeof o?.question=="string"):[]}catch{return[]}}function ye(t,e,n){let o=n.slice(-30).map(({question:s,profile:a,language:i,answer:l,failure:c})=>({question:s,profile:a,language:i,answer:l,failure:c}));try{o.length?G(t)?.setItem(e,JSON.stringify(o)):G(t)?.removeItem(e)}catch{}}function we(t){return t.filter(n=>n.answer).flatMap(({question:n,answer:o})=>[{role:"user",content:n},{role:"assistant",content:o.text}]).slice(-20).map(({role:n,content:o})=>({role:n,content:[...o].slice(0,4e3).join("")}))}var ke=[["read",["screen","rephrase","route"]],["search",["retrieve"]],["compute",["calculate"]],["compose",["compose"]],["check",["guard"]]];function _e(t,e){let n=ke.map(([i])=>r("li",null,t(`step_${i}`),r("span",{class:"hidden"}))),o=r("p",{class:"small",role:"status"});return{element:r("div",{class:"progress"},r("p",{class:"status"},r("span",{class:"spinner","aria-hidden":"true"}),t("working")),r("ol",null,n),o,r("button",{type:"button",onclick:e},f("stop"),t("stop"))),heard:i=>{let l=ke.findIndex(([,c])=>c.includes(i));l>=0&&n.forEach((c,u)=>wt(c,u,l,t))},slow:()=>h(o,t("working_slow"))}}function wt(t,e,n,o){let s=e<n?"done":e===n?"current":"";t.className=s,t.lastChild.textContent=s&&` (${o(`step_${s}`)})`}var kt=8e3,_t=6e4,St=3e3,O=class{documents=new Map;constructor(e,n){this.options=e,this.turns=n??xe(e.kept,e.key),this.pending=null,this.log=r("div",{class:"log",role:"log","aria-live":"off","aria-label":e.say("conversation")}),this.restore()}async restore(){let e=[...this.turns];for(let n of e)this.place(n);e.length&&await this.catalog();for(let n of e)this.show(n)}send(e){if(this.pending)return!1;let{say:n,profile:o}=this.options,s={question:e,profile:o(),language:n.language==="en"?"en":void 0};return this.turns.push(s),this.place(s),this.run(s),!0}request(e){let{question:n,profile:o,language:s}=e;return{question:n,profile:o,language:s,history:we(this.turns.slice(0,this.turns.indexOf(e)))}}retry(e){this.pending||this.run(e)}stop(e="stopped"){this.pending?.controller.abort(e)}clear(){this.stop(),this.pending=null,this.turns=[],this.log.replaceChildren(),this.keep()}place(e){let{say:n,heading:o}=this.options;e.body=r("div",{class:"answer"}),e.element=r("article",{class:"turn",tabindex:"-1"},r("div",{class:"asked"},o(1,{class:"hidden"},n("question_label")),r("p",{dir:"auto"},e.question)),e.body),this.log.append(e.element)}async run(e){let{say:n,announce:o,moved:s,base:a}=this.options,i=new AbortController,l=_e(n,()=>this.stop());this.pending={turn:e,controller:i},e.failure={kind:"left"},h(e.body,l.element),o(n("working")),s(e),this.keep();let c=setTimeout(l.slow,kt),u,d=()=>{clearTimeout(u),u=setTimeout(()=>i.abort("slow"),_t)};d();try{let p=oe(a,this.request(e),{signal:i.signal,heard:l.heard,alive:d});[e.answer]=await Promise.all([p,this.catalog()]),delete e.failure}catch(p){e.failure=qt(p,i.signal)}clearTimeout(c),clearTimeout(u),this.settle(e)}settle(e){let{say:n,announce:o,moved:s}=this.options;if(this.pending?.turn===e&&(this.pending=null),!this.turns.includes(e))return;let a=e.body.contains(e.body.getRootNode().activeElement);this.show(e),this.keep(),o(e.answer?ve(e,n):`${n("failed_title")}. ${Se(e.failure,n)[0]}`),s(e),a&&e.element.focus({preventScroll:!0})}show(e){let{say:n,heading:o}=this.options,s=o(1,{class:"hidden"},n("answer_title"));h(e.body,s,e.answer?this.answer(e):this.failed(e))}answer(e){let{base:n,say:o,heading:s,further:a}=this.options;try{return be(e,{base:n,say:o,heading:s,documents:this.documents,request:()=>this.request(e)},a)}catch{return r("p",{class:"said",lang:g[e.answer.language]},String(e.answer.text))}}failed(e){let{say:n}=this.options,o=()=>{this.retry(e),e.element.focus({preventScroll:!0})};return[r("p",{class:"status error"},f("error"),n("failed_title")),Se(e.failure,n).map(s=>r("p",{class:"said"},s)),r("div",{class:"buttons"},r("button",{type:"button",onclick:o},f("restart"),n("retry")))]}keep(){ye(this.options.kept,this.options.key,this.turns)}catalog(){return this.asked??=fetch(S(this.options.base,"v1/documents"),{signal:AbortSignal.timeout(St)}).then(e=>e.json()).then(({documents:e})=>this.documents=new Map(e.map(n=>[n.id,n]))).catch(()=>delete this.asked),this.asked}};function qt(t,e){if(e.aborted)return{kind:e.reason};if(!(t instanceof w))return{kind:"network"};let{status:n,detail:o,detail_en:s,instance:a,errors:i}=t.problem;return{kind:"server",status:n,id:a,fr:i?.[0]?.detail??o,en:i?.[0]?.detail_en??s}}function Se({kind:t,status:e,id:n,fr:o,en:s},a){return t!=="server"?[a(`failed_${t}`)]:[(a.language==="en"?s:o)??a("failed_server",{status:e}),...n?[a("failed_reference",{id:n})]:[]]}function qe({say:t,heading:e},{restart:n,print:o,close:s}){let a=r("div",{class:"buttons"}),i=s&&r("button",{type:"button",class:"quiet","aria-label":t("close"),onclick:s},f("close")),l=(m,b)=>r("button",{type:"button",class:"quiet",onclick:b},f(m),r("span",null,t(m))),c=l("restart",()=>d()),u=m=>h(a,m&&[c,l("print",o)]),d=()=>{let m=r("button",{type:"button",onclick:()=>[u(!0),c.focus()]},t("restart_no")),b=r("button",{type:"button",class:"primary",onclick:n},t("restart_yes"));h(a,r("div",{class:"buttons",role:"group","aria-label":t("restart_ask")},r("span",null,t("restart_ask")),b,m)),m.focus()},p=r("div",{class:"names"},e(0,{},t("title")),r("p",null,t("tagline")));return{element:r("header",null,p,a,i),show:u}}var $t="@media print { body > :not([data-balise-print]) { display: none !important } }",Tt="@media screen { [data-balise-print] { display: none !important } }";function $e(t,e,n){let o=t.cloneNode(!0);for(let c of o.querySelectorAll("details"))c.open=!0;let s=r("div",{"data-balise-print":!0,lang:n}),a=s.attachShadow({mode:"open"});a.adoptedStyleSheets=[e],a.append(r("div",{class:"paper"},o));let i=new CSSStyleSheet;i.replaceSync($t+Tt),document.adoptedStyleSheets=[...document.adoptedStyleSheets,i],document.body.append(s);let l=()=>{s.remove(),document.adoptedStyleSheets=document.adoptedStyleSheets.filter(c=>c!==i)};addEventListener("afterprint",l,{once:!0}),window.print()}var Te={public:["public_1","public_2","public_3","any_1"],private:["private_1","private_2","private_3","any_1"],any:["any_1","any_2","any_3","any_4"]};function Ce({say:t,heading:e},n,o,s,a){let i=r("ul",{class:"suggestions"}),l=(u="any")=>{let d=Te[u].map(p=>t(`suggest_${p}`));h(i,d.map(p=>r("li",null,r("button",{type:"button",onclick:()=>a(p)},p))))},c=u=>r("label",{class:"check"},r("input",{type:"radio",name:"kind",value:u,checked:u===o,onchange:()=>[s(u),l(u)]}),r("span",null,t(`who_${u}`)));return l(o),r("div",{class:"welcome"},r("p",{class:"greeting",dir:"auto"},n||t("greeting")),s&&r("fieldset",{class:"kinds"},r("legend",null,t("who")),Object.keys(Te).map(c)),e(1,{},t("suggestions")),i)}var Ct=new URL(".",document.currentScript?.src||location.href).href,Ee=["public","private"],Et=2e3,Mt=1e4,At="(max-width: 600px)",H=new CSSStyleSheet;H.replaceSync(F);var R=class extends HTMLElement{constructor(){super(),this.attachShadow({mode:"open"}).adoptedStyleSheets=[H],this.leaving=()=>this.conversation?.stop("left")}connectedCallback(){addEventListener("pagehide",this.leaving),this.build()}disconnectedCallback(){removeEventListener("pagehide",this.leaving),this.leaving()}attributeChangedCallback(e,n,o){this.conversation&&this.isConnected&&n!==o&&this.build()}open(){this.panel.matches("dialog:not([open])")&&(matchMedia(At).matches?this.panel.showModal():this.panel.show(),this.launcher.setAttribute("aria-expanded","true"),this.conversation.turns.at(-1)?.element.scrollIntoView(),this.composer.area.focus())}close(){this.panel.matches("dialog[open]")&&(this.panel.close(),this.launcher.setAttribute("aria-expanded","false"),this.launcher.focus())}ask(e){let n=this.conversation.send(e);return n?this.greet():this.composer.tell(this.say("working_busy")),n}restart(){this.conversation.clear(),this.greet(),this.announce(this.say("restart_done")),this.composer.area.focus()}build(){this.leaving();let e=(this.lang||this.parentElement?.closest("[lang]")?.lang||"fr").toLowerCase().startsWith("en")?"en":"fr",n=Math.min(4,Math.max(1,Number(this.getAttribute("heading-level"))||2));this.say=Z(e),this.heading=(o,{class:s="",...a}={},...i)=>r(`h${n+o}`,{class:`t${o} ${s}`.trim(),...a},i),this.conversation=new O(this.options(),this.conversation?.turns),this.lay(),this.greet()}options(){let{say:e,heading:n}=this,o=this.id||[...document.querySelectorAll("balise-chat")].indexOf(this),s=this.getAttribute("server"),a=s?new URL(s.endsWith("/")?s:`${s}/`,location.href).href:Ct;return{base:a,say:e,heading:n,kept:this.getAttribute("history")??"tab",key:`balise ${a} ${o}`,profile:()=>Ee.includes(this.kind)?{body_type:this.kind}:{},announce:i=>this.announce(i),moved:i=>this.follow(i),further:i=>this.further(i)}}lay(){let{say:e,conversation:n}=this,o=this.getAttribute("position"),s=o==="floating",a=s||o==="fill",i=g[e.language];this.composer=Y(this,Number(this.getAttribute("limit"))||Et,p=>this.ask(p)),this.header=qe(this,{restart:()=>this.restart(),print:()=>$e(n.log,H,i),close:s?()=>this.close():null}),this.live=r("p",{class:"hidden","aria-live":"polite"}),this.greeting=r("div");let l=r("div",{class:"flow",tabindex:a?"0":null},this.greeting,n.log),c=[this.header.element,l,this.composer.element,this.live],u=p=>(p.type==="cancel"||p.key==="Escape")&&[p.preventDefault(),this.close()];if(this.panel=r(s?"dialog":"section",{class:"panel",lang:i,"aria-label":e("title")},c),s)for(let p of["keydown","cancel"])this.panel.addEventListener(p,u);let d={type:"button",class:"launcher primary",lang:i,"aria-haspopup":"dialog","aria-expanded":"false",onclick:()=>this.open()};this.launcher=s&&r("button",d,f("chat"),e("open")),h(this.shadowRoot,this.launcher,this.panel)}greet(){let{turns:e}=this.conversation,n=this.getAttribute("body-type");this.kind=Ee.includes(n)?n:this.kind??e.at(-1)?.profile?.body_type;let o=n===null&&(a=>this.kind=a),s=a=>this.further(a);this.header.show(e.length>0),h(this.greeting,!e.length&&Ce(this,this.getAttribute("greeting"),this.kind,o,s))}announce(e){clearTimeout(this.said),this.live.textContent=e,this.said=setTimeout(()=>this.live.replaceChildren(),Mt)}further(e){this.ask(e)&&this.conversation.turns.at(-1).element.focus({preventScroll:!0})}follow({element:e}){let n=matchMedia("(prefers-reduced-motion: reduce)").matches;e.scrollIntoView({block:"start",behavior:n?"auto":"smooth"}),matchMedia("(pointer: coarse)").matches&&e.focus({preventScroll:!0})}};W(R,"observedAttributes",["server","lang","greeting","body-type","position","history","limit","heading-level"]);customElements.get("balise-chat")||customElements.define("balise-chat",R);})();
