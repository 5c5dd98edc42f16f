"use strict";

/** Who came from whom: the links of descent among actors, and where each stands in a chart of generations. */
const Pedigree = (() => {
  /** Links that make a generation: the elder is the one named. */
  const ELDER = { splitFrom: "to", successorOf: "to", mergedInto: "from", allegianceTo: "to", affiliatedTo: "to", memberOf: "to" };
  const DESCENT = ["splitFrom", "successorOf", "mergedInto"];
  const WORDS = { splitFrom: "split off", successorOf: "continued as", mergedInto: "merged into", allegianceTo: "pledged by", affiliatedTo: "affiliate", memberOf: "member" };
  const SWEEPS = 12;
  const GAP = 0.35; // rows between families
  const HEADING = 0.9; // rows for the heading of those without links
  const ALONE = 3; // columns of them where there is no other chart
  const shortest = (a, b) => (!a || (b && b < a) ? b : a);

  /** Return the links of relations between named things, as elder and younger. */
  function stated(bonds) {
    const links = [];
    for (const edge of Record.edges.values()) {
      for (const part of edge.parts) {
        const elder = ELDER[part.relation];
        if (!elder || part.derived || !Filter.passes(part)) continue;
        if (!bonds && !DESCENT.includes(part.relation)) continue;
        if ([edge.from, edge.to].some((id) => Record.nodes.get(id).kind !== "actor" || Record.nodes.get(id).type === "Person")) continue;
        const [from, to] = elder === "to" ? [edge.to, edge.from] : [edge.from, edge.to];
        links.push({ from, to, relation: part.relation, status: part.status, date: part.begin || part.earliest || "", open: edge.id });
      }
    }
    return links;
  }

  /** Return the links that splits and mergers make: from what was left or went in, to what came of it. */
  function enacted() {
    const links = [];
    for (const event of Record.nodes.values()) {
      if (event.kind !== "event" || !["Split", "Merger"].includes(event.type) || !Filter.happens(event)) continue;
      const roles = { party: [], original: [], resulting: [] };
      for (const edge of Record.touching.get(event.id)) {
        const other = edge.from === event.id ? edge.to : edge.from;
        for (const part of edge.parts) if (roles[part.relation] && Record.nodes.get(other).kind === "actor") roles[part.relation].push(other);
      }
      const split = event.type === "Split";
      const elders = split ? roles.original : roles.party;
      const youngers = split ? [...roles.party, ...roles.resulting] : roles.resulting;
      for (const from of elders) for (const to of youngers) if (from !== to) links.push({ from, to, relation: split ? "splitFrom" : "mergedInto", status: event.status, date: event.earliest || "", open: event.id });
    }
    return links;
  }

  /** Return links without repetition, the earliest date kept. */
  function links(bonds) {
    const found = new Map();
    for (const link of [...stated(bonds), ...enacted()]) {
      const key = `${link.from}|${link.to}|${link.relation}`;
      const known = found.get(key);
      if (known) known.date = shortest(known.date, link.date);
      else found.set(key, { ...link });
    }
    const near = new Set([...found.values()].filter((one) => DESCENT.includes(one.relation)).flatMap((one) => [`${one.from}|${one.to}`, `${one.to}|${one.from}`]));
    const all = [...found.values()].filter((one) => DESCENT.includes(one.relation) || !near.has(`${one.from}|${one.to}`)); // descent says more than membership
    const descended = new Set(all.filter((one) => DESCENT.includes(one.relation)).flatMap((one) => [one.from, one.to]));
    return all.filter((one) => DESCENT.includes(one.relation) || descended.has(one.from) || descended.has(one.to)).sort((a, b) => (`${a.from}|${a.to}` < `${b.from}|${b.to}` ? -1 : 1));
  }

  /** Return the generation of each: one more than the latest of its elders; a link that would close a circle is left out. */
  function generations(all) {
    const rank = new Map();
    const youngers = new Map();
    const reaches = (from, to, seen = new Set()) => from === to || (!seen.has(from) && seen.add(from) && (youngers.get(from) || []).some((next) => reaches(next, to, seen)));
    const ordered = [...all].sort((a, b) => Number(DESCENT.includes(b.relation)) - Number(DESCENT.includes(a.relation)));
    for (const { from, to } of ordered) if (!reaches(to, from)) youngers.set(from, [...(youngers.get(from) || []), to]);
    const settle = (id, least) => {
      if ((rank.get(id) ?? -1) >= least) return;
      rank.set(id, least);
      (youngers.get(id) || []).forEach((next) => settle(next, least + 1));
    };
    for (const { from, to } of all) for (const id of [from, to]) settle(id, 0);
    const elders = new Set([...youngers.values()].flat());
    for (const id of rank.keys()) if (!elders.has(id) && youngers.has(id)) rank.set(id, Math.max(0, Math.min(...youngers.get(id).map((next) => rank.get(next))) - 1)); // founders stand beside their first offspring
    return rank;
  }

  /** Return the connected families of the chart, the largest first. */
  function families(all) {
    const beside = new Map();
    for (const { from, to } of all) for (const [one, other] of [[from, to], [to, from]]) beside.set(one, [...(beside.get(one) || []), other]);
    const seen = new Set();
    const found = [];
    for (const id of [...beside.keys()].sort()) {
      if (seen.has(id)) continue;
      const part = [];
      const waiting = [id];
      seen.add(id);
      while (waiting.length) {
        const one = waiting.pop();
        part.push(one);
        for (const other of beside.get(one)) if (!seen.has(other)) seen.add(other) && waiting.push(other);
      }
      found.push(part.sort());
    }
    return found.sort((a, b) => b.length - a.length || (a[0] < b[0] ? -1 : 1));
  }

  /** Return actors in no link of descent that were founded or ended at a known time, the eldest first. */
  function founded(drawn) {
    return [...Record.nodes.values()].filter((one) => one.kind === "actor" && one.active && !drawn.has(one.id) && Filter.exists(one))
      .sort((a, b) => (`${a.active[0] || a.active[1]}|${a.id}` < `${b.active[0] || b.active[1]}|${b.id}` ? -1 : 1)).map((one) => one.id);
  }

  /** Put actors without links below the rest, line by line; return the row under which their heading stands. */
  function below(nodes, top, columns) {
    const alone = founded(nodes);
    const first = top + (top ? HEADING : 0.4);
    alone.forEach((id, index) => nodes.set(id, { id, column: index % columns, row: first + Math.floor(index / columns), alone: true }));
    return { heading: alone.length ? first : null, rows: alone.length ? first + Math.ceil(alone.length / columns) : top };
  }

  /** Return the middle of the rows of a node's relatives, descent counting more than other bonds. */
  function middle(id, all, row) {
    let [sum, weight] = [0, 0];
    for (const { from, to, relation } of all) {
      if (from !== id && to !== id) continue;
      const share = DESCENT.includes(relation) ? 3 : 1;
      sum += share * row.get(from === id ? to : from);
      weight += share;
    }
    return weight ? sum / weight : row.get(id);
  }

  /** Order each generation by the middle of its relatives in the one beside, several times in both directions. */
  function rows(part, all, rank) {
    const ranks = [...new Set(part.map((id) => rank.get(id)))].sort((a, b) => a - b);
    const columns = ranks.map((one) => part.filter((id) => rank.get(id) === one));
    const row = new Map(part.map((id) => [id, 0]));
    columns.forEach((column) => column.forEach((id, index) => row.set(id, index - (column.length - 1) / 2)));
    for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
      for (const column of sweep % 2 ? [...columns].reverse() : columns) {
        const wanted = new Map(column.map((id) => [id, middle(id, all, row)]));
        column.sort((a, b) => wanted.get(a) - wanted.get(b) || (a < b ? -1 : 1));
        let low = -Infinity;
        const at = column.map((id) => (low = Math.max(wanted.get(id), low + 1)));
        const shift = column.reduce((sum, id, index) => sum + at[index] - wanted.get(id), 0) / column.length; // pushed down alone, a column would sink
        column.forEach((id, index) => row.set(id, at[index] - shift));
      }
    }
    return row;
  }

  /**
   * Return the chart: nodes with column and row, links between them, how many columns and rows it has, and the row
   * above which the heading of those without links stands, null where there are none.
   * @param {boolean} bonds whether pledges, affiliations and memberships of its actors are in it too
   */
  function chart(bonds) {
    const all = links(bonds);
    const rank = generations(all);
    const nodes = new Map();
    let top = 0;
    for (const part of families(all)) {
      const row = rows(part, all, rank);
      const [least, most] = [Math.min(...row.values()), Math.max(...row.values())];
      const first = Math.min(...part.map((id) => rank.get(id)));
      for (const id of part) nodes.set(id, { id, column: rank.get(id) - first, row: top + row.get(id) - least });
      top += most - least + 1 + GAP;
    }
    const columns = Math.max(0, ...[...nodes.values()].map((one) => one.column + 1));
    const { heading, rows: deep } = below(nodes, Math.max(0, top - GAP), columns || ALONE);
    return { nodes, links: all, heading, columns: columns || (heading === null ? 0 : ALONE), rows: deep };
  }

  return { chart, DESCENT, WORDS };
})();
