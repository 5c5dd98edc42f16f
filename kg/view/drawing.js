"use strict";

/** The network as a drawing, made from the layout of the page, not from the canvas. */
const Drawing = (() => {
  const RIM = 60;
  const point = (node) => (Picture.turned ? { x: node.y, y: node.x } : { x: node.x, y: node.y });

  /** Return the middle of a line that bends as vis-network bends it: to one side, by a share of its length. */
  function bend(from, to, smooth) {
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    if (!smooth?.enabled) return middle;
    const side = smooth.type === "curvedCW" ? 1 : -1;
    return { x: middle.x - side * smooth.roundness * (from.y - to.y), y: middle.y + side * smooth.roundness * (from.x - to.x) };
  }

  function line(from, to, { smooth, colour, width, dashes, opacity, gap }) {
    const through = bend(from, to, smooth);
    const length = Math.hypot(to.x - through.x, to.y - through.y) || 1;
    const tip = { x: to.x - (to.x - through.x) / length * gap, y: to.y - (to.y - through.y) / length * gap };
    const round = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;
    const [ux, uy] = [(to.x - through.x) / length, (to.y - through.y) / length];
    const size = 5 + width;
    const back = { x: tip.x - ux * size, y: tip.y - uy * size };
    const head = [tip, { x: back.x - uy * size / 2.4, y: back.y + ux * size / 2.4 }, { x: back.x + uy * size / 2.4, y: back.y - ux * size / 2.4 }];
    const group = Dom.shape("g", { opacity });
    group.append(
      Dom.shape("path", { d: `M${round(from)}Q${round(through)} ${round(back)}`, fill: "none", stroke: colour, "stroke-width": width, "stroke-dasharray": dashes }),
      Dom.shape("polygon", { points: head.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "), fill: colour }));
    return group;
  }

  function symbol(node, kind, { x, y }, size) {
    const look = Record.types[kind];
    const border = node.kind === "actor" || node.kind === "group" ? Theme.family(node.family) : Theme.pick(Record.plain);
    const paint = { fill: Theme.pick(look.fill), stroke: border, "stroke-width": node.borderWidth || 3, "stroke-dasharray": node.unnamed ? Dash.text("described") : "" };
    const outline = Dom.OUTLINES[look.shape];
    if (!outline) return Dom.shape("circle", { cx: x, cy: y, r: size, ...paint });
    const points = outline.split(" ").map((pair) => pair.split(",").map((value) => (Number(value) - 8) * size / 6.5)).map(([a, b]) => `${(x + a).toFixed(1)},${(y + b).toFixed(1)}`);
    return Dom.shape("polygon", { points: points.join(" "), ...paint });
  }

  function name(node, { x, y }, size) {
    const text = Dom.shape("text", { x, y: y + size + 14, "text-anchor": "middle", "font-size": 12, fill: Theme.paper("ink"), stroke: Theme.paper("paper"), "stroke-width": 3, "paint-order": "stroke" });
    text.textContent = Label.shorten(node.label);
    return text;
  }

  /** Return the whole of what is shown as a drawing in SVG, null for nothing. */
  function network() {
    const { nodes, edges, groups, bundles } = Picture.shown();
    const all = [...[...nodes].map((id) => Record.nodes.get(id)), ...groups.values()];
    if (!all.length) return null;
    const at = new Map(all.map((node) => [node.id, point(node)]));
    const [xs, ys] = ["x", "y"].map((axis) => [...at.values()].map((one) => one[axis]));
    const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
    const most = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
    const [left, top] = [least(xs) - RIM, least(ys) - RIM];
    const [wide, high] = [most(xs) - left + RIM, most(ys) - top + RIM];
    const svg = Dom.shape("svg", { width: wide, height: high, viewBox: `${left} ${top} ${wide} ${high}` });
    const sizes = new Map(all.map((node) => [node.id, node.size]));
    for (const [id, parts] of edges) {
      const edge = Record.edges.get(id);
      const reports = parts.reduce((sum, part) => sum + part.reports, 0);
      const faint = parts.every((part) => part.ended || part.background);
      svg.append(line(at.get(edge.from), at.get(edge.to), { smooth: edge.smooth, colour: Theme.group(edge.group), width: Math.min(6, 1.2 + 1.1 * Math.log2(Math.max(1, reports))), dashes: Dash.text(parts[0].status), opacity: faint ? 0.45 : 0.85, gap: sizes.get(edge.to) + 2 }));
    }
    for (const { from, to, group, lines } of bundles) svg.append(line(at.get(from), at.get(to), { colour: Theme.group(group), width: Math.min(6, 1 + Math.log2(lines)), dashes: "", opacity: 0.45, gap: sizes.get(to) + 2 }));
    for (const node of all) svg.append(symbol(node, Theme.type({ ...node, kind: node.look || node.kind }), at.get(node.id), node.size));
    for (const node of all) svg.append(name(node, at.get(node.id), node.size));
    return svg;
  }

  return { network };
})();
