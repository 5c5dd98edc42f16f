"use strict";

/** Gathers what is too much to draw: above a limit the best connected stay, the rest stand in groups by family. */
const Gather = (() => {
  const MOST = 2000; // nodes drawn one by one
  const KEPT = 300; // of them when the rest is gathered
  const opened = new Set();
  let groups = new Map();

  const key = (node) => (node.kind === "actor" ? `group:${node.family || ""}:${Theme.type(node)}` : `group::${node.kind}`);

  function title(node) {
    const look = Theme.look(node).label.toLowerCase();
    return node.family && Record.families[node.family] ? `${Record.families[node.family].label}: ${look}` : look;
  }

  /** Return the members of each group among nodes. */
  function grouped(nodes) {
    const kept = new Set(Record.ranked.filter((node) => nodes.has(node.id)).slice(0, KEPT).map((node) => node.id));
    const centre = Filter.get("centre");
    const found = new Map();
    for (const id of nodes) {
      const node = Record.nodes.get(id);
      const name = key(node);
      if (kept.has(id) || id === centre || opened.has(name)) continue;
      if (!found.has(name)) found.set(name, { id: name, kind: "group", label: title(node), of: node, members: [] });
      found.get(name).members.push(id);
    }
    return found;
  }

  /** Put a group in the middle of its members. */
  function placed(group) {
    const sum = group.members.reduce(([x, y], id) => [x + Record.nodes.get(id).x, y + Record.nodes.get(id).y], [0, 0]);
    const { kind, type, family, shape } = group.of;
    const many = group.members.length;
    return { ...group, family, type, shape, look: kind, label: `${many.toLocaleString("en")} ${group.label}`, x: Math.round(sum[0] / many), y: Math.round(sum[1] / many), size: Math.min(46, Math.round(12 + 4 * Math.log2(many))) };
  }

  /** Return the groups, none where everything can be drawn, and the lines between them and what is left. */
  function gather({ nodes, edges }) {
    groups = nodes.size > MOST ? grouped(nodes) : new Map();
    if (!groups.size) return { nodes, edges, groups, bundles: [] };
    const group = new Map([...groups.values()].flatMap((one) => one.members.map((id) => [id, one.id])));
    const left = { nodes: new Set([...nodes].filter((id) => !group.has(id))), edges: new Map() };
    const bundles = new Map();
    for (const [id, parts] of edges) {
      const edge = Record.edges.get(id);
      const [from, to] = [group.get(edge.from) || edge.from, group.get(edge.to) || edge.to];
      if (from === edge.from && to === edge.to) left.edges.set(id, parts);
      else if (from !== to) {
        const name = `${from}|${to}|${edge.group}`;
        if (!bundles.has(name)) bundles.set(name, { id: name, from, to, group: edge.group, lines: 0 });
        bundles.get(name).lines += 1;
      }
    }
    groups = new Map([...groups].map(([name, one]) => [name, placed(one)]));
    return { ...left, groups, bundles: [...bundles.values()] };
  }

  return {
    gather, MOST,
    group: (id) => groups.get(id),
    opened: () => [...opened],
    /** Draw the members of a group one by one from now on. */
    open: (id) => opened.add(id),
    close: () => opened.clear(),
    restore(ids) {
      opened.clear();
      ids.forEach((id) => opened.add(id));
    },
  };
})();
