"use strict";

/** Reports as nodes, made when they are asked for: each tied to the actors and events that it speaks of. */
const Source = (() => {
  const SIZE = 7;
  let made = false;

  /** Return the nodes whose own or whose lines' statements stand in each report. */
  function spoken() {
    const found = new Map();
    const note = (numbers, id) => {
      for (const number of numbers) {
        const report = Record.said[number].report;
        if (!report) continue;
        if (!found.has(report)) found.set(report, new Map());
        const of = found.get(report);
        if (!of.has(id)) of.set(id, []);
        of.get(id).push(number);
      }
    };
    for (const node of Record.nodes.values()) note(node.statements, node.id);
    for (const edge of Record.edges.values())
      for (const part of edge.parts) if (!part.derived) for (const id of [edge.from, edge.to]) note(part.statements, id);
    return found;
  }

  /** Return a number from -0.5 to 0.5 that depends on the text alone. */
  function sway(text, salt) {
    let hash = salt;
    for (const letter of text) hash = (Math.imul(hash, 31) + letter.codePointAt(0)) | 0;
    return ((hash >>> 0) % 1000) / 1000 - 0.5;
  }

  /** Make the nodes and lines; further calls do nothing. */
  function make() {
    if (made) return;
    made = true;
    let number = 0;
    for (const [id, of] of spoken()) {
      const { outlet, published, title } = Record.report(id);
      const ends = [...of.keys()].map((end) => Record.nodes.get(end));
      const middle = (axis) => Math.round(ends.reduce((sum, end) => sum + end[axis], 0) / ends.length + 160 * sway(id, axis === "x" ? 7 : 11));
      const label = [outlet || "Unnamed outlet", published && Span.day(published)].filter(Boolean).join(", ");
      const node = { id, kind: "report", type: "report", label, title, date: published, statements: [...new Set([...of.values()].flat())], x: middle("x"), y: middle("y"), size: SIZE, shape: "square", borderWidth: 1.5, shapeProperties: {} };
      Record.add(node, [...of].map(([end, statements]) => {
        number += 1;
        const part = { relation: "tells", status: "accepted", reports: 1, statements, earliest: published, latest: published };
        return { id: `r${number}`, from: id, to: end, group: "report", smooth: false, parts: [part] };
      }));
    }
  }

  return { make };
})();
