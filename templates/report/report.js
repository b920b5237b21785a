"use strict";
const input = document.getElementById("filter");
const buttons = [...document.querySelectorAll("button[data-rule]")];
const entries = [...document.querySelectorAll("[data-filter]")];
const groups = [...document.querySelectorAll("details.more")];
const shown = document.getElementById("shown");
const unfiltered = shown ? shown.textContent : "";
let rule = "";
function apply() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  let all = 0;
  for (const entry of entries) {
    const text = entry.dataset.filter.toLowerCase();
    const finding = entry.classList.contains("finding");
    const fits = words.every((word) => text.includes(word));
    entry.hidden = !fits || (rule !== "" && "rule" in entry.dataset && entry.dataset.rule !== rule);
    all += finding;
    count += finding && !entry.hidden;
  }
  for (const group of groups) {
    group.hidden = !group.querySelector(".finding:not([hidden])");
    // What a filter has chosen is to be seen, and not only its first.
    group.open = words.length > 0 || rule !== "";
  }
  if (shown) shown.textContent = count === all ? unfiltered : `${count} of ${all}`;
}
for (const button of buttons) {
  button.addEventListener("click", () => {
    rule = rule === button.dataset.rule ? "" : button.dataset.rule;
    for (const other of buttons) other.setAttribute("aria-pressed", String(other.dataset.rule === rule));
    apply();
  });
}
input.addEventListener("input", apply);
function open() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
}
addEventListener("hashchange", open);
open();
function select(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done ? Promise.resolve() : Promise.reject(new Error("not allowed"));
}
function copy(text) {
  if (!navigator.clipboard) return select(text);
  return navigator.clipboard.writeText(text).catch(() => select(text));
}
for (const box of document.querySelectorAll(".code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", () => {
    copy(box.querySelector("pre").textContent).then(
      () => (button.textContent = "Copied"),
      () => (button.textContent = "Not allowed"),
    );
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  box.append(button);
}
