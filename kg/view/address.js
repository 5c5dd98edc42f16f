"use strict";

/** The state of the page in its address, so that a link shows the same, and the way back through earlier states. */
const Address = (() => {
  const NONE = "none"; // an empty facet; values carry a dot in front
  const REST = 300; // milliseconds without change after which a state counts as one step
  const VIEWS = ["network", "map", "both", "lineage"];
  const listeners = [];
  const past = [];
  let now = "";
  let waiting = 0;

  /** Return what is shown as text. */
  function written() {
    const text = new URLSearchParams();
    const { hidden, set } = Filter.state();
    if (Stage.view() !== "network") text.set("view", Stage.view());
    if (Atlas.measure() !== "events") text.set("circles", Atlas.measure());
    if (Picture.chosen() && Picture.chosen().kind !== "group") text.set("open", Picture.chosen().id);
    for (const [name, value] of Object.entries(set)) text.set(name, typeof value === "boolean" ? String(Number(value)) : String(value));
    for (const [facet, values] of Object.entries(hidden)) for (const value of values.length ? values : [null]) text.append(`hide.${facet}`, value === null ? NONE : `.${value}`);
    for (const group of Gather.opened()) text.append("group", group);
    return text.toString();
  }

  /** Return the state that a text describes; what is not understood is left out. */
  function read(text) {
    const given = new URLSearchParams(text);
    const hidden = {};
    for (const facet of Filter.facets) {
      const values = given.getAll(`hide.${facet}`);
      if (values.length) hidden[facet] = values.filter((value) => value.startsWith(".")).map((value) => value.slice(1));
    }
    const set = {};
    for (const name of ["from", "to", "day"]) if (/^\d{4}(-\d\d(-\d\d)?)?$/.test(given.get(name) || "")) set[name] = given.get(name);
    if (given.get("undated") === "0") set.undated = false;
    if (Record.nodes.has(given.get("centre"))) set.centre = given.get("centre");
    const number = (name, least, most) => { if (given.has(name) && Number(given.get(name)) >= least && Number(given.get(name)) <= most) set[name] = Number(given.get(name)); };
    number("hops", 1, 3);
    number("degree", 0, 1000);
    number("confidence", 0, 1);
    return { hidden, set, view: VIEWS.includes(given.get("view")) ? given.get("view") : "network", circles: given.get("circles"), open: given.get("open"), groups: given.getAll("group") };
  }

  /** Show what a text describes. */
  function show(text) {
    const state = read(text);
    Gather.restore(state.groups);
    Filter.apply(state);
    Stage.show(state.view);
    Atlas.measured(state.circles);
    Picture.select(state.open && (Record.nodes.has(state.open) || Record.edges.has(state.open)) ? state.open : null);
  }

  /** Write the state into the address once it rests, and keep the one before for undo. */
  function note() {
    clearTimeout(waiting);
    waiting = setTimeout(settle, REST);
  }

  function settle() {
    clearTimeout(waiting);
    const text = written();
    if (text === now) return;
    past.push(now);
    put(text);
  }

  function put(text) {
    now = text;
    history.replaceState(null, "", `#${text}`);
    listeners.forEach((act) => act());
  }

  /** Go back to the state before. */
  function undo() {
    settle();
    if (!past.length) return;
    const text = past.pop();
    show(text);
    clearTimeout(waiting);
    put(text);
  }

  /** Show what the address says, at the start and when the reader changes it. */
  function start() {
    const text = location.hash.slice(1);
    if (text) show(text);
    now = written();
    window.addEventListener("hashchange", () => { if (location.hash.slice(1) !== now) show(location.hash.slice(1)); note(); });
  }

  return { note, undo, start, settle, depth: () => past.length, changed: (act) => listeners.push(act) };
})();
