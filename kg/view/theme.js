"use strict";

/** Colours on light or dark paper, as the reader's system has it or as the reader chooses. */
const Theme = (() => {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = [];
  let forced = "";
  const isDark = () => (forced ? forced === "dark" : system.matches);
  const pick = (pair) => pair[isDark() ? 1 : 0];
  const style = getComputedStyle(document.documentElement);
  const paper = (name) => style.getPropertyValue(`--${name}`).trim();
  const FADED = 0.12;

  const family = (name) => pick(Record.families[name] ? Record.families[name].colour : Record.plain);
  const type = (node) => (node.kind !== "actor" ? node.kind : Record.types[node.type] ? node.type : "Actor");
  const look = (node) => Record.types[type(node)] || Record.types.Actor;

  /** Return the colours of a node as vis-network takes them. */
  function node(one) {
    const background = pick(look(one).fill);
    const border = one.kind === "actor" ? family(one.family) : pick(Record.plain);
    const chosen = { background, border: paper("accent") };
    return { background, border, highlight: chosen, hover: chosen };
  }

  /** Return the colour of a line; `faint` for relations that have ended or that only the registry states. */
  function edge(group, faint) {
    const color = pick(Record.groups[group].colour);
    return { color, highlight: color, hover: color, opacity: faint ? 0.45 : 0.85 };
  }

  const tell = () => listeners.forEach((act) => act());
  system.addEventListener("change", tell);

  return {
    node, edge, family, look, type, pick, paper, isDark, FADED,
    group: (name) => pick(Record.groups[name].colour),
    /** Take the other paper. */
    toggle() {
      forced = isDark() ? "light" : "dark";
      document.documentElement.dataset.paper = forced;
      tell();
    },
    /** Call back when the paper changes. */
    changed: (act) => listeners.push(act),
  };
})();
