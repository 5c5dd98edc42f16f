"use strict";

/* global vis */

/** The network on the canvas: what is drawn, how it is chosen, moved and zoomed. */
const Picture = (() => {
  const holder = document.getElementById("canvas");
  const nodes = new vis.DataSet([]);
  const edges = new vis.DataSet([]);
  const options = { ...Record.options, height: "100%", width: "100%" };
  const network = new vis.Network(holder, { nodes, edges }, options);
  holder.firstElementChild.removeAttribute("tabindex"); // one stop for the keyboard, and it has a name
  const listeners = [];
  const LEAST = 0.6; // of a low window's height is for the picture, whatever the buttons need
  const MANY = 500; // lines above which they hide while the picture is moved
  let hiding = null;
  let shown = { nodes: new Set(), edges: new Map(), groups: new Map(), bundles: [] };
  let dragged = null; // where the drawing was when a drag began, and the names as they were placed then
  let placed = [];
  let chosen = null;
  let near = null;
  let boost = 1; // how much larger than drawn at scale 1, so that a picture seen from afar stays readable

  /** Whether to lay the picture on its side: it is wide and the window is high, or the other way round. */
  const turned = (() => {
    const span = (axis) => Record.ranked.reduce(([least, most], node) => [Math.min(least, node[axis]), Math.max(most, node[axis])], [0, 0]);
    const [[left, right], [top, bottom]] = [span("x"), span("y")];
    return right - left > bottom - top !== holder.clientWidth > holder.clientHeight;
  })();

  /** Return the node as vis-network draws it; faded unless near what is chosen. */
  function drawnNode(id) {
    const { x, y, size, shape, borderWidth, shapeProperties, ...node } = Record.nodes.get(id);
    const opacity = near && !near.has(id) ? Theme.FADED : 1;
    return { id, x: turned ? y : x, y: turned ? x : y, size: Math.min(size * boost, Math.max(size, 26)), shape, borderWidth, shapeProperties, borderWidthSelected: borderWidth + 1.5, opacity, color: Theme.node(node), label: undefined };
  }

  /** Return the line as vis-network draws it, in the manner of the surest part that is let through. */
  function drawnEdge(id, parts) {
    const edge = Record.edges.get(id);
    const asOf = Filter.get("day");
    const reports = parts.reduce((sum, part) => sum + part.reports, 0);
    const faint = parts.every((part) => (part.ended && !asOf) || part.background);
    const color = Theme.edge(edge.group, faint);
    if (near && !(near.has(edge.from) && near.has(edge.to) && nearEdge(edge))) color.opacity = shown.edges.size > 300 ? Theme.FADED / 3 : Theme.FADED;
    const width = boost * Math.min(6, 1.2 + 1.1 * Math.log2(Math.max(1, reports)));
    return { id, from: edge.from, to: edge.to, smooth: edge.smooth, arrows: "to", color, width, dashes: Dash.line(parts[0].status) };
  }

  /** Return a group of nodes as vis-network draws it, and a bundle of lines to or from one. */
  function drawnGroup(group) {
    const { id, x, y, size, shape } = group;
    const opacity = near && !near.has(id) ? Theme.FADED : 1;
    const node = { ...group, kind: group.look };
    return { id, x: turned ? y : x, y: turned ? x : y, size: size * boost, shape, borderWidth: 4, shapeProperties: { borderDashes: Dash.line("gathered") }, borderWidthSelected: 5, opacity, color: Theme.node(node), label: undefined };
  }

  function drawnBundle({ id, from, to, group, lines }) {
    const color = Theme.edge(group, true);
    if (near && !(near.has(from) && near.has(to))) color.opacity = Theme.FADED / 3;
    return { id, from, to, smooth: false, arrows: "to", color, width: boost * Math.min(6, 1 + Math.log2(lines)), dashes: false };
  }

  const isEvent = (id) => Record.nodes.get(id).kind === "event";

  /** Whether a line is the chosen one, starts or ends at the chosen node, or at an event beside it. */
  const nearEdge = (edge) => chosen.id === edge.id || [edge.from, edge.to].some((id) => chosen.id === id || (chosen.kind === "node" && near.has(id) && isEvent(id) && !isEvent(chosen.id)));

  /** Remove from one of vis-network's sets what is no longer wanted. */
  const drop = (set, wanted) => set.remove(set.getIds().filter((id) => !wanted.has(id)));

  /** Draw what the filter lets through. */
  function refresh() {
    shown = Gather.gather(Filter.shown());
    if (chosen && !(shown.nodes.has(chosen.id) || shown.edges.has(chosen.id) || shown.groups.has(chosen.id) || Record.nodes.has(chosen.id))) select(null);
    else redraw();
  }

  function redraw() {
    const { groups, bundles } = shown;
    drop(edges, { has: (id) => shown.edges.has(id) || bundles.some((one) => one.id === id) }); // lines first: vis-network must never hold one without its ends
    drop(nodes, { has: (id) => shown.nodes.has(id) || groups.has(id) });
    nodes.update([...[...shown.nodes].map(drawnNode), ...[...groups.values()].map(drawnGroup)]);
    edges.update([...[...shown.edges].map(([id, parts]) => drawnEdge(id, parts)), ...bundles.map(drawnBundle)]);
    const many = shown.edges.size + bundles.length > MANY;
    if (many !== hiding) network.setOptions({ interaction: { hideEdgesOnDrag: many, hideNodesOnDrag: many, hideEdgesOnZoom: many, dragNodes: !many } });
    hiding = many;
    mark();
  }

  /** Mark what is chosen, where it is drawn. */
  function mark() {
    const drawn = chosen && (chosen.kind === "edge" ? network.body.edges[chosen.id] : network.body.nodes[chosen.id]);
    if (!drawn) network.unselectAll();
    else network.setSelection({ nodes: chosen.kind === "edge" ? [] : [chosen.id], edges: chosen.kind === "edge" ? [chosen.id] : [] }, { highlightEdges: false });
  }

  const ends = (id) => Record.touching.get(id).filter((edge) => shown.edges.has(edge.id)).flatMap((edge) => [edge.from, edge.to])
    .concat(shown.bundles.filter((one) => one.from === id || one.to === id).flatMap((one) => [one.from, one.to]));

  /** Return a node with those it is tied to, and from an actor on through its events to who else took part. */
  function surroundings(id) {
    const found = new Set([id, ...ends(id)]);
    if (Record.nodes.get(id).kind === "actor")
      for (const event of [...found].filter((one) => Record.nodes.get(one).kind === "event")) ends(event).forEach((one) => found.add(one));
    return found;
  }

  /** Choose a node or a line, or nothing, and tell those who listen. */
  function select(id) {
    chosen = id === null ? null : { id, kind: Record.nodes.has(id) ? "node" : Record.edges.has(id) ? "edge" : "group" };
    near = null;
    if (chosen && chosen.kind === "node" && shown.nodes.has(id)) near = surroundings(id);
    else if (chosen && chosen.kind === "edge") near = new Set([Record.edges.get(id).from, Record.edges.get(id).to]);
    else if (chosen && chosen.kind === "group") near = new Set([id, ...shown.bundles.filter((one) => one.from === id || one.to === id).flatMap((one) => [one.from, one.to])]);
    redraw();
    listeners.forEach((act) => act(chosen));
  }

  const boosted = (scale) => Math.min(2, Math.max(1, (0.8 / scale) ** 0.6));

  /** Draw thicker and larger the farther away, where the difference would be seen. */
  function adjust() {
    const wanted = boosted(network.getScale());
    if (Math.abs(wanted - boost) < 0.12 * boost) return;
    boost = wanted;
    redraw();
  }

  const moving = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

  /** Bring a node to the middle, near enough to read what is around it. */
  function go(id) {
    if (!network.body.nodes[id]) return;
    const panel = document.getElementById("detail");
    const covered = getComputedStyle(panel).position === "absolute" ? panel.offsetHeight : 0;
    network.focus(id, { scale: Math.max(network.getScale(), 0.8), offset: { x: 0, y: -covered / 2 }, animation: moving() });
  }

  /** Draw for the first time: seen whole from the start, so that nothing is drawn twice. */
  function start() {
    network.setSize("100%", "100%");
    shown = Gather.gather(Filter.shown());
    const all = [...[...shown.nodes].map((id) => Record.nodes.get(id)), ...shown.groups.values()];
    const view = all.length ? whole(all.map(({ x, y }) => (turned ? { x: y, y: x } : { x, y }))) : null;
    if (view) boost = boosted(view.scale);
    redraw();
    if (view) network.moveTo({ ...view, animation: false });
  }

  /** Return the position and scale at which points are all in view, with room for names at the rim. */
  function whole(points) {
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of points) [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    const room = Math.min(90, holder.clientWidth / 6);
    const scale = Math.min((holder.clientWidth - 2 * room) / Math.max(1, right - left), Math.max(holder.clientHeight - 150, holder.clientHeight * LEAST) / Math.max(1, bottom - top), 1.35);
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 + 15 / scale }, scale }; // the buttons need room below
  }

  /** Show everything. */
  function fit(animated = true) {
    const ids = nodes.getIds();
    if (!ids.length || !holder.clientWidth) return;
    network.moveTo({ ...whole(Object.values(network.getPositions(ids))), animation: animated ? moving() : false });
    if (!animated) adjust();
  }

  function zoom(factor) {
    network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)), animation: moving() });
  }

  function pan(across, down) {
    const { x, y } = network.getViewPosition();
    network.moveTo({ position: { x: x + across / network.getScale(), y: y + down / network.getScale() } });
  }

  /** Names and counts over the drawing, in pixels of the screen. */
  function overlay(context) {
    const ratio = network.canvas.pixelRatio;
    const scale = network.getScale();
    const view = { width: holder.clientWidth, height: holder.clientHeight };
    if (dragged?.still) return moved(context, view, scale, ratio);
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const badges = counts(context, scale);
    const origin = network.canvasToDOM({ x: 0, y: 0 });
    if (dragged) Label.paint(context, placed, origin.x - dragged.x, origin.y - dragged.y);
    else {
      placed = Label.place(context, spots(scale, view), view, badges);
      Label.paint(context, placed, 0, 0);
    }
    context.restore();
  }

  /** While a large picture is dragged: the picture as it was, moved, and dots for the nodes that come into view. */
  function moved(context, view, scale, ratio) {
    const origin = network.canvasToDOM({ x: 0, y: 0 });
    const [across, down] = [origin.x - dragged.x, origin.y - dragged.y];
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const { x, y, size, fill } of dragged.dots) {
      const [left, top] = [x * scale + origin.x, y * scale + origin.y];
      const seen = left > across && left < across + view.width && top > down && top < down + view.height;
      if (seen || left < 0 || top < 0 || left > view.width || top > view.height) continue;
      context.fillStyle = fill;
      context.fillRect(left - size * scale, top - size * scale, 2 * size * scale, 2 * size * scale);
    }
    context.drawImage(dragged.still, across, down, view.width, view.height);
    context.restore();
  }

  /** Remember the picture as it is when a drag begins. */
  function grasp() {
    dragged = network.canvasToDOM({ x: 0, y: 0 });
    if (!hiding) return;
    const { canvas } = network.canvas.frame;
    dragged.still = document.createElement("canvas");
    dragged.still.width = canvas.width;
    dragged.still.height = canvas.height;
    dragged.still.getContext("2d").drawImage(canvas, 0, 0);
    dragged.dots = network.body.nodeIndices.map((id) => network.body.nodes[id]).map(({ x, y, options }) => ({ x, y, size: options.size, fill: options.color.border }));
  }

  /** Return the nodes in view with their places on the screen, those to be named first in front. */
  function spots(scale, view) {
    const found = [];
    for (const node of [...shown.groups.values(), ...Record.ranked]) {
      if (!shown.nodes.has(node.id) && node.kind !== "group") continue;
      const body = network.body.nodes[node.id];
      if (!body) continue; // drawn while the sets are being changed
      const { x, y } = network.canvasToDOM({ x: body.x, y: body.y });
      if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) continue;
      const strong = Boolean(chosen && chosen.id === node.id);
      found.push({ node, x, y, radius: body.options.size * scale + 1, strong, faded: Boolean(near && !near.has(node.id)) });
    }
    return found.sort((a, b) => Number(b.strong) - Number(a.strong));
  }

  /** Write how many events or relations a line stands for, where more than one, on its middle; return the boxes. */
  function counts(context, scale) {
    const badges = [];
    if (scale < 0.45 || (dragged && hiding)) return badges;
    context.font = "600 10px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    const bundled = shown.bundles.map((one) => [one.id, one.lines, one.group]);
    const drawn = [...shown.edges].map(([id, parts]) => [id, Record.weight(parts), Record.edges.get(id).group]);
    for (const [id, weight, group] of [...drawn, ...bundled]) {
      const line = network.body.edges[id];
      if (weight < 2 || !line || !line.connected) continue;
      const { x, y } = network.canvasToDOM(line.edgeType.getPoint(0.5, line.edgeType.getViaNode()));
      const half = 4 + String(weight).length * 3.4;
      context.globalAlpha = near && !(Record.edges.has(id) && nearEdge(Record.edges.get(id))) ? Theme.FADED : 1;
      context.fillStyle = Theme.paper("paper");
      context.beginPath();
      context.roundRect(x - half, y - 7.5, 2 * half, 15, 7.5);
      context.fill();
      badges.push({ left: x - half, right: x + half, top: y - 7.5, bottom: y + 7.5, own: id });
      context.fillStyle = Theme.group(group);
      context.fillText(String(weight), x, y + 0.5);
    }
    context.globalAlpha = 1;
    context.textAlign = "start";
    return badges;
  }

  let resting = 0;
  network.on("zoom", () => {
    clearTimeout(resting);
    resting = setTimeout(adjust, 120);
  });
  network.on("animationFinished", adjust);
  network.on("afterDrawing", overlay);
  network.on("dragStart", grasp);
  network.on("dragEnd", () => { dragged = null; network.redraw(); });
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    const bundle = shown.bundles.find((one) => one.id === edge);
    select(node ?? (bundle ? (shown.groups.has(bundle.from) ? bundle.from : bundle.to) : edge) ?? null);
  });
  network.on("doubleClick", ({ nodes: [node] }) => { if (node && Record.nodes.has(node) && Record.nodes.get(node).kind === "actor") Explorer.focus(node, 1); });
  network.on("hoverNode", () => holder.classList.add("pointing"));
  network.on("hoverEdge", () => holder.classList.add("pointing"));
  network.on("blurNode", () => holder.classList.remove("pointing"));
  network.on("blurEdge", () => holder.classList.remove("pointing"));
  Filter.changed(refresh);
  Theme.changed(redraw);

  return {
    network, start, refresh, select, go, fit, zoom, pan, turned,
    chosen: () => chosen,
    shown: () => shown,
    labels: () => placed.length,
    names: () => placed,
    size: () => [holder.clientWidth, holder.clientHeight],
    changed: (act) => listeners.push(act),
  };
})();
