"use strict";

/** Colours on light or dark paper, as the reader's system has it. */
const Theme = (() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const pick = (pair) => pair[dark.matches ? 1 : 0];
  const style = getComputedStyle(document.documentElement);
  const paper = (name) => style.getPropertyValue(`--${name}`).trim();
  const FADED = 0.12;

  const family = (name) => pick(Record.families[name] ? Record.families[name].colour : Record.plain);
  const look = (node) => Record.types[node.kind === "actor" ? node.type : node.kind] || Record.types.Actor;

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

  return {
    node, edge, family, look, pick, paper, FADED,
    group: (name) => pick(Record.groups[name].colour),
    /** Call back when the paper changes. */
    changed: (act) => dark.addEventListener("change", act),
  };
})();
