"use strict";

/** What is let through: facets, thresholds, a period, and the surroundings of one actor. */
const Filter = (() => {
  const kinds = ["actor", "event", "place", "report"];
  const statuses = ["accepted", "contested", "suspected"];
  const FACETS = ["kind", "type", "family", "theatre", "relation", "status", "origin", "certainty", "outlet", "tactic"];
  const PLAIN = { from: "", to: "", day: "", undated: true, centre: "", hops: 1, degree: 0, confidence: 0 };
  const listeners = [];
  let hidden;
  let set;

  /** Set everything as at the start: large pictures open with actors alone, reports wait to be asked for. */
  function restore() {
    hidden = Object.fromEntries(FACETS.map((name) => [name, new Set()]));
    for (const kind of Record.startWhole ? ["report"] : ["event", "place", "report"]) hidden.kind.add(kind);
    set = { ...PLAIN };
  }
  restore();

  const tell = () => listeners.forEach((act) => act());
  const hasEvents = [...Record.nodes.values()].some((one) => one.kind === "event");
  const some = (values, facet) => !hidden[facet].size || (values?.length ? values : [""]).some((value) => !hidden[facet].has(value));

  /** Return the period that is let through. */
  const range = () => (set.day ? [set.day, set.day] : [set.from, set.to]);

  /** Whether periods touch the one let through; without any, whether the undated are. */
  function dated(periods) {
    const [from, to] = range();
    if (!periods.length) return set.undated;
    return (!from && !to) || periods.some((one) => Span.meets(one, from, to));
  }

  const within = (node) => dated(node.earliest || node.latest ? [[node.earliest || node.latest, node.latest || node.earliest]] : []);

  /** Whether a node exists, as the registry has it, within the period that is let through. */
  const exists = (one) => !hidden.origin.has("registry") && dated([one.active]);

  /** Whether an event's own properties are let through, drawn or not. */
  const happens = (node, timeless = false) => some(node.tactic, "tactic") && !hidden.status.has(node.status) && some(Record.outlets(node), "outlet") && some(Record.certainties(node), "certainty") && (timeless || within(node));

  /** Whether a part of a line has the properties let through, whatever is drawn; `timeless` leaves time aside. */
  function passes(one, timeless = false) {
    if (one.background && hidden.origin.has("registry")) return false;
    if (hidden.status.has(one.status) || hidden.relation.has(one.relation)) return false;
    if ((one.confidence ?? 1) < set.confidence) return false;
    if (one.certainties && !some(one.certainties, "certainty")) return false;
    if (one.statements.length && !one.background && !some(Record.outlets(one), "outlet")) return false;
    return timeless || Boolean(one.happenings) || dated(Span.of(one));
  }

  /** Return a part as it is let through, a folded one with what remains of its events; null for none. */
  function part(one) {
    if (one.derived && !hidden.kind.has("event") && hasEvents) return null; // stands in for events while those are hidden
    if (!passes(one)) return null;
    if (!one.happenings) return one;
    const left = one.happenings.filter((id) => !Record.nodes.has(id) || happens(Record.nodes.get(id)));
    if (!Record.nodes.has(one.happenings[0])) return dated(Span.of(one)) ? one : null;
    if (left.length === one.happenings.length) return one;
    return left.length ? { ...one, happenings: left, events: left.length } : null;
  }

  /** Whether a node's own properties are let through. */
  function node(one) {
    if (hidden.kind.has(one.kind)) return false;
    if (one.kind === "event") return happens(one);
    if (one.kind !== "actor") return true;
    return !hidden.type.has(Theme.type(one)) && !hidden.family.has(one.family || "") && some(one.theatre, "theatre");
  }

  /** Drop actors with too few ties, and lines that lose an end. */
  function tied({ nodes, edges }) {
    if (set.degree < 1) return;
    const ties = new Map();
    for (const id of edges.keys()) {
      const { from, to } = Record.edges.get(id);
      for (const [one, other] of [[from, to], [to, from]]) ties.set(one, (ties.get(one) || new Set()).add(other));
    }
    for (const id of nodes) if (Record.nodes.get(id).kind === "actor" && (ties.get(id) || new Set()).size < set.degree) nodes.delete(id);
    prune({ nodes, edges });
  }

  function prune({ nodes, edges }) {
    for (const id of [...edges.keys()]) if (!nodes.has(Record.edges.get(id).from) || !nodes.has(Record.edges.get(id).to)) edges.delete(id);
  }

  /** Keep what lies within some hops of the centre; events and places are stations on the way, not hops. */
  function focused({ nodes, edges }) {
    if (!set.centre || !nodes.has(set.centre)) return;
    const beside = new Map([...nodes].map((id) => [id, []]));
    for (const id of edges.keys()) {
      const { from, to } = Record.edges.get(id);
      beside.get(from).push(to);
      beside.get(to).push(from);
    }
    const kind = (id) => Record.nodes.get(id).kind;
    const kept = new Set([set.centre]);
    let rim = [set.centre];
    for (let hop = 0; hop < set.hops; hop += 1) {
      const near = new Set(rim.flatMap((id) => beside.get(id)));
      for (const id of [...near]) if (kind(id) === "event") beside.get(id).forEach((other) => near.add(other));
      rim = [...near].filter((id) => !kept.has(id) && kind(id) === "actor");
      near.forEach((id) => kept.add(id));
    }
    for (const id of nodes) if (!kept.has(id)) nodes.delete(id);
    prune({ nodes, edges });
  }

  /** Return the ids of what is shown: lines, and nodes with a line or without any in the whole graph. */
  function shown() {
    if (!hidden.kind.has("report")) Source.make();
    const edges = new Map();
    const nodes = new Set();
    const open = new Map([...Record.nodes.values()].map((one) => [one.id, node(one)]));
    for (const edge of Record.edges.values()) {
      if (!open.get(edge.from) || !open.get(edge.to)) continue;
      const through = edge.parts.map(part).filter(Boolean);
      if (!through.length) continue;
      edges.set(edge.id, through);
      nodes.add(edge.from).add(edge.to);
    }
    for (const one of Record.nodes.values()) if (one.kind !== "report" && !Record.degree(one.id) && open.get(one.id)) nodes.add(one.id);
    tied({ nodes, edges });
    focused({ nodes, edges });
    return { nodes, edges };
  }

  /** Let the kinds and properties of nodes through, whatever else is filtered. */
  function admit(ids) {
    for (const one of ids.map((id) => Record.nodes.get(id))) {
      hidden.kind.delete(one.kind);
      if (one.kind === "actor") hidden.type.delete(Theme.type(one));
      hidden.family.delete(one.family || "");
    }
  }

  return {
    kinds, statuses, facets: FACETS, passes, happens, exists, shown, restore, range,
    get: (name) => set[name],
    isOn: (facet, value) => !hidden[facet].has(value),
    /** Let a value of a facet through, or not. */
    set(facet, value, on) {
      if (on) hidden[facet].delete(value);
      else hidden[facet].add(value);
      tell();
    },
    /** Let some values of a facet through, and hold the others back. */
    only(facet, all, wanted) {
      hidden[facet] = new Set(all.filter((value) => !wanted.includes(value)));
      tell();
    },
    /** Change thresholds, the period or the centre. */
    put(changes) {
      Object.assign(set, changes);
      tell();
    },
    /** Make sure that a node is shown, whatever is filtered. */
    reveal(id) {
      if (shown().nodes.has(id)) return;
      admit([id]);
      if (!shown().nodes.has(id)) restore();
      if (!shown().nodes.has(id)) hidden.kind = new Set(["report"]);
      if (Record.nodes.get(id).kind === "report") hidden.kind.clear();
      tell();
    },
    /** Make sure that a line is shown; one that stands for events hides them. */
    revealLine(id) {
      if (shown().edges.has(id)) return;
      const { from, to, parts } = Record.edges.get(id);
      restore();
      admit([from, to]);
      if (parts.every((one) => one.derived)) hidden.kind.add("event");
      tell();
    },
    /** Return what differs from the start, as plain data. */
    state() {
      const [now, then] = [hidden, set];
      restore();
      const facets = FACETS.filter((name) => [...now[name]].sort().join("\n") !== [...hidden[name]].sort().join("\n"));
      const scalars = Object.keys(PLAIN).filter((name) => then[name] !== set[name]);
      [hidden, set] = [now, then];
      return { hidden: Object.fromEntries(facets.map((name) => [name, [...now[name]].sort()])), set: Object.fromEntries(scalars.map((name) => [name, set[name]])) };
    },
    /** Set what `state` gave; the rest as at the start. */
    apply(state) {
      restore();
      for (const [name, values] of Object.entries(state.hidden)) hidden[name] = new Set(values);
      Object.assign(set, state.set);
      tell();
    },
    changed: (act) => listeners.push(act),
  };
})();
