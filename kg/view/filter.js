"use strict";

/** What is shown: which relations, statuses and kinds are let through. */
const Filter = (() => {
  const kinds = ["actor", "event", "place"];
  const statuses = ["accepted", "contested", "suspected"];
  const listeners = [];
  let hidden;

  /** Set everything as at the start: large pictures open with actors alone. */
  function restore() {
    hidden = { kind: new Set(), status: new Set(), relation: new Set(), family: new Set(), certainty: new Set(), origin: new Set() };
    if (!Record.startWhole) for (const kind of ["event", "place"]) hidden.kind.add(kind);
  }
  restore();

  /** Whether an edge of the graph is let through. Folded edges stand in for events while those are hidden. */
  function part(one) {
    if (one.derived && !hidden.kind.has("event") && hasEvents) return false;
    if (one.background && hidden.origin.has("registry")) return false;
    if (hidden.status.has(one.status) || hidden.relation.has(one.relation)) return false;
    return !one.certainties || one.certainties.some((name) => !hidden.certainty.has(name));
  }
  const hasEvents = [...Record.nodes.values()].some((one) => one.kind === "event");

  /** Whether a node's kind and family are let through. */
  function node(one) {
    return !hidden.kind.has(one.kind) && !(one.kind === "actor" && hidden.family.has(one.family || ""));
  }

  /** Return the parts of a line that are let through, with both its ends. */
  function parts(edge) {
    if (!node(Record.nodes.get(edge.from)) || !node(Record.nodes.get(edge.to))) return [];
    return edge.parts.filter(part);
  }

  /** Return the ids of what is shown: lines, and nodes with a line or without any in the whole graph. */
  function shown() {
    const edges = new Map();
    const nodes = new Set();
    for (const edge of Record.edges.values()) {
      const through = parts(edge);
      if (!through.length) continue;
      edges.set(edge.id, through);
      nodes.add(edge.from).add(edge.to);
    }
    for (const one of Record.nodes.values()) if (!Record.degree(one.id) && node(one)) nodes.add(one.id);
    return { nodes, edges };
  }

  return {
    kinds, statuses, parts, shown, restore,
    isOn: (facet, value) => !hidden[facet].has(value),
    /** Let a value of a facet through, or not. */
    set(facet, value, on) {
      if (on) hidden[facet].delete(value);
      else hidden[facet].add(value);
      listeners.forEach((act) => act());
    },
    /** Make sure that a node is shown, whatever is filtered. */
    reveal(id) {
      if (shown().nodes.has(id)) return;
      const one = Record.nodes.get(id);
      hidden.kind.delete(one.kind);
      hidden.family.delete(one.family || "");
      if (!shown().nodes.has(id)) restore();
      if (!shown().nodes.has(id)) hidden.kind.clear();
      listeners.forEach((act) => act());
    },
    /** Make sure that a line is shown; one that stands for events hides them. */
    revealLine(id) {
      if (shown().edges.has(id)) return;
      restore();
      const { from, to, parts: all } = Record.edges.get(id);
      for (const end of [from, to]) hidden.kind.delete(Record.nodes.get(end).kind);
      if (all.every((one) => one.derived)) hidden.kind.add("event");
      listeners.forEach((act) => act());
    },
    changed: (act) => listeners.push(act),
  };
})();
