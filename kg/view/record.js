"use strict";

/** The data of the page, and the questions that the other scripts ask it. */
const Record = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const touching = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) {
    touching.get(edge.from).push(edge);
    touching.get(edge.to).push(edge);
  }
  const STANCES = ["asserts", "claims", "hedges", "denies", "supposes"];

  /** Return the words for a relation or type: "pledged to". */
  const words = (name) => data.words[name] || name;

  /** Return the name of a role or property of an event: "perpetrator". */
  const role = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

  /** Return the words of a part of a line, past if it has ended. */
  const partWords = (part) => (part.ended ? `formerly ${words(part.relation)}` : words(part.relation));

  /** Return how many things a line stands for: its events where it was folded from such, and its relations. */
  const weight = (parts) => parts.reduce((sum, part) => sum + (part.derived ? part.events : 1), 0);

  const lasting = new Set(data.lasting);
  const outletsOf = new Map();

  /** Return the outlets behind statements, "" for the registry. */
  function outlets(thing) {
    if (!outletsOf.has(thing)) {
      const names = thing.statements.map((number) => data.statements[number].report).map((id) => (id ? report(id).outlet || "Unnamed outlet" : ""));
      outletsOf.set(thing, [...new Set(names)]);
    }
    return outletsOf.get(thing);
  }

  const surenessOf = new Map();

  /** Return how sure the statements about a thing are, each certainty once. */
  function certainties(thing) {
    if (!surenessOf.has(thing)) surenessOf.set(thing, [...new Set(thing.statements.map((number) => data.statements[number].certainty))]);
    return surenessOf.get(thing);
  }

  const PARTIES = 3; // named of an event

  /** Return who had a part in an event, as text: events of one name are told apart by it. */
  function parties(event) {
    const names = touching.get(event.id).map((edge) => nodes.get(edge.from === event.id ? edge.to : edge.from)).filter((one) => one.kind === "actor").map((one) => one.label.slice(0, 60));
    const each = [...new Set(names)];
    return `${each.slice(0, PARTIES).join(", ")}${each.length > PARTIES ? ", …" : ""}`;
  }

  const report = (id) => data.reports[id] || {};

  /** Add a node or a line that the page itself makes. */
  function add(node, lines) {
    nodes.set(node.id, node);
    touching.set(node.id, []);
    ranked.push(node);
    for (const line of lines) {
      edges.set(line.id, line);
      touching.get(line.from).push(line);
      touching.get(line.to).push(line);
    }
  }

  /** Return the statements of a list of numbers, those of one quote and stance by one speaker as one. */
  function statements(numbers) {
    const merged = new Map();
    for (const number of [...new Set(numbers)]) {
      const one = data.statements[number];
      const key = JSON.stringify([one.report, one.start, one.quote, one.speaker_label, one.certainty]);
      if (!merged.has(key)) merged.set(key, { ...one, says: [] });
      merged.get(key).says.push(one);
    }
    return [...merged.values()];
  }

  /** Return statements by stance, in the order from flat assertion to supposition. */
  function byStance(found) {
    return STANCES.map((stance) => [stance, found.filter((one) => one.stance === stance)]).filter(([, some]) => some.length);
  }

  const ties = new Map([...touching].map(([id, some]) => [id, new Set(some.flatMap((edge) => [edge.from, edge.to])).size]));

  /** Return how many other nodes a node is tied to. */
  const degree = (id) => Math.max(0, (ties.get(id) || 1) - 1);
  /** Nodes from the most to the least connected, those without a name of their own last. */
  const ranked = [...data.nodes].sort((a, b) => Number(Boolean(a.unnamed)) - Number(Boolean(b.unnamed)) || degree(b.id) - degree(a.id) || (a.id < b.id ? -1 : 1));

  return {
    ...data, nodes, edges, touching, ranked, degree, words, role, partWords, weight, statements, byStance, lasting, outlets, certainties, parties, report, add,
    said: data.statements,
  };
})();
