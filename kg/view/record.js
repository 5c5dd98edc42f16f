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

  /** Return a date to read: "27 Mar 2019", "Mar 2019", "2019", or the text as it is. */
  function day(iso) {
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso || "");
    if (!found) return iso || "";
    const month = ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    return [found[3] && String(Number(found[3])), found[2] && month[Number(found[2])], found[1]].filter(Boolean).join(" ");
  }

  /** Return a period to read, "" where nothing is known of it. */
  function period(begin, end) {
    if (begin && end) return begin === end ? day(begin) : `${day(begin)} – ${day(end)}`;
    if (begin) return `since ${day(begin)}`;
    return end ? `until ${day(end)}` : "";
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
  const degree = (id) => Math.max(0, ties.get(id) - 1);
  /** Nodes from the most to the least connected, those without a name of their own last. */
  const ranked = [...data.nodes].sort((a, b) => Number(Boolean(a.unnamed)) - Number(Boolean(b.unnamed)) || degree(b.id) - degree(a.id) || (a.id < b.id ? -1 : 1));

  return {
    ...data, nodes, edges, touching, ranked, degree, words, role, partWords, weight, day, period, statements, byStance,
    report: (id) => data.reports[id] || {},
  };
})();
