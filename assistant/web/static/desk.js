/* Two comforts of the desk, which works whole without them: copying with one button, leaving with unsaved words. */
"use strict";

/* The older way of copying: it also works over plain HTTP inside an organization, and keeps formatting as it is. */
function copied(forms) {
  const put = (event) => {
    for (const [type, text] of Object.entries(forms)) event.clipboardData.setData(type, text);
    event.preventDefault();
  };
  document.addEventListener("copy", put, { once: true });
  return document.execCommand("copy");
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const told = document.getElementById("copied");
  button.hidden = false;
  button.addEventListener("click", () => {
    const forms = { "text/plain": document.getElementById("text").value };
    if (button.dataset.copy === "html") forms["text/html"] = document.getElementById("html").value;
    told.hidden = !copied(forms);
  });
}

const forms = [...document.querySelectorAll("form.fields")].filter((form) => form.querySelector("textarea"));
const unsaved = (form) => [...form.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
let sending = false;
for (const form of forms) form.addEventListener("submit", () => { sending = true; });
window.addEventListener("beforeunload", (event) => {
  if (!sending && forms.some(unsaved)) event.preventDefault();
});
