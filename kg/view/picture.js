"use strict";

/* global vis */

/** The network on the canvas: what is drawn, how it is chosen, moved and zoomed. */
const Picture = (() => {
  const holder = document.getElementById("canvas");
  const DASHES = { accepted: false, contested: [9, 6], suspected: [2, 5] };
  const nodes = new vis.DataSet([]);
  const edges = new vis.DataSet([]);
  const options = { ...Record.options, height: "100%", width: "100%" };
  const network = new vis.Network(holder, { nodes, edges }, options);
  const listeners = [];
  let shown = { nodes: new Set(), edges: new Map() };
  let chosen = null;
  let near = null;
  let labels = 0;
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
    const reports = parts.reduce((sum, part) => sum + part.reports, 0);
    const faint = parts.every((part) => part.ended || part.background);
    const color = Theme.edge(edge.group, faint);
    if (near && !(near.has(edge.from) && near.has(edge.to) && nearEdge(edge))) color.opacity = shown.edges.size > 300 ? Theme.FADED / 3 : Theme.FADED;
    const width = boost * Math.min(6, 1.2 + 1.1 * Math.log2(Math.max(1, reports)));
    return { id, from: edge.from, to: edge.to, smooth: edge.smooth, arrows: "to", color, width, dashes: DASHES[parts[0].status] };
  }

  const isEvent = (id) => Record.nodes.get(id).kind === "event";

  /** Whether a line is the chosen one, starts or ends at the chosen node, or at an event beside it. */
  const nearEdge = (edge) => chosen.id === edge.id || [edge.from, edge.to].some((id) => chosen.id === id || (chosen.kind === "node" && near.has(id) && isEvent(id) && !isEvent(chosen.id)));

  /** Remove from one of vis-network's sets what is no longer wanted. */
  const drop = (set, wanted) => set.remove(set.getIds().filter((id) => !wanted.has(id)));

  /** Draw what the filter lets through. */
  function refresh() {
    shown = Filter.shown();
    if (chosen && !(shown.nodes.has(chosen.id) || shown.edges.has(chosen.id))) select(null);
    else redraw();
  }

  function redraw() {
    drop(edges, shown.edges); // lines first: vis-network must never hold one without its ends
    drop(nodes, shown.nodes);
    nodes.update([...shown.nodes].map(drawnNode));
    edges.update([...shown.edges].map(([id, parts]) => drawnEdge(id, parts)));
    if (chosen && chosen.kind === "node") network.setSelection({ nodes: [chosen.id], edges: [] }, { highlightEdges: false });
    else if (chosen) network.setSelection({ nodes: [], edges: [chosen.id] }, { highlightEdges: false });
    else network.unselectAll();
  }

  const ends = (id) => Record.touching.get(id).filter((edge) => shown.edges.has(edge.id)).flatMap((edge) => [edge.from, edge.to]);

  /** Return a node with those it is tied to, and from an actor on through its events to who else took part. */
  function surroundings(id) {
    const found = new Set([id, ...ends(id)]);
    if (Record.nodes.get(id).kind === "actor")
      for (const event of [...found].filter((one) => Record.nodes.get(one).kind === "event")) ends(event).forEach((one) => found.add(one));
    return found;
  }

  /** Choose a node or a line, or nothing, and tell those who listen. */
  function select(id) {
    chosen = id === null ? null : { id, kind: Record.nodes.has(id) ? "node" : "edge" };
    near = null;
    if (chosen && chosen.kind === "node") near = surroundings(id);
    else if (chosen) {
      near = new Set([Record.edges.get(id).from, Record.edges.get(id).to]);
    }
    redraw();
    listeners.forEach((act) => act(chosen));
  }

  /** Draw thicker and larger the farther away, where the difference would be seen. */
  function adjust() {
    const wanted = Math.min(2, Math.max(1, (0.8 / network.getScale()) ** 0.6));
    if (Math.abs(wanted - boost) < 0.12 * boost) return;
    boost = wanted;
    redraw();
  }

  const moving = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

  /** Bring a node to the middle, near enough to read what is around it. */
  function go(id) {
    const panel = document.getElementById("detail");
    const covered = getComputedStyle(panel).position === "absolute" ? panel.offsetHeight : 0;
    network.focus(id, { scale: Math.max(network.getScale(), 0.8), offset: { x: 0, y: -covered / 2 }, animation: moving() });
  }

  /** Show everything, with room for names at the rim. */
  function fit(animated = true) {
    const ids = nodes.getIds();
    if (!ids.length) return;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of Object.values(network.getPositions(ids))) {
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
    const room = Math.min(90, holder.clientWidth / 6);
    const scale = Math.min((holder.clientWidth - 2 * room) / Math.max(1, right - left), (holder.clientHeight - 150) / Math.max(1, bottom - top), 1.35);
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + 15 / scale }; // the buttons need room below
    network.moveTo({ position, scale, animation: animated ? moving() : false });
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
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    counts(context, scale);
    const spots = [];
    for (const node of Record.ranked) {
      if (!shown.nodes.has(node.id)) continue;
      const body = network.body.nodes[node.id];
      if (!body) continue; // drawn while the sets are being changed
      const { x, y } = network.canvasToDOM({ x: body.x, y: body.y });
      if (x < -40 || y < -40 || x > view.width + 40 || y > view.height + 40) continue;
      const strong = Boolean(chosen && chosen.kind === "node" && chosen.id === node.id);
      spots.push({ node, x, y, radius: body.options.size * scale + 1, strong, faded: Boolean(near && !near.has(node.id)) });
    }
    spots.sort((a, b) => Number(b.strong) - Number(a.strong));
    labels = Label.draw(context, spots, view);
    context.restore();
  }

  /** How many events or relations a line stands for, where more than one, on its middle. */
  function counts(context, scale) {
    if (scale < 0.45) return;
    context.font = "600 10px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const [id, parts] of shown.edges) {
      const line = network.body.edges[id];
      const weight = Record.weight(parts);
      if (weight < 2 || !line || !line.connected) continue;
      const { x, y } = network.canvasToDOM(line.edgeType.getPoint(0.5, line.edgeType.getViaNode()));
      const half = 4 + String(weight).length * 3.4;
      context.globalAlpha = near && !nearEdge(Record.edges.get(id)) ? Theme.FADED : 1;
      context.fillStyle = Theme.paper("paper");
      context.beginPath();
      context.roundRect(x - half, y - 7.5, 2 * half, 15, 7.5);
      context.fill();
      context.fillStyle = Theme.group(Record.edges.get(id).group);
      context.fillText(String(weight), x, y + 0.5);
    }
    context.globalAlpha = 1;
    context.textAlign = "start";
  }

  let resting = 0;
  network.on("zoom", () => {
    clearTimeout(resting);
    resting = setTimeout(adjust, 120);
  });
  network.on("animationFinished", adjust);
  network.on("afterDrawing", overlay);
  network.on("click", ({ nodes: [node], edges: [edge] }) => select(node ?? edge ?? null));
  network.on("hoverNode", () => holder.classList.add("pointing"));
  network.on("hoverEdge", () => holder.classList.add("pointing"));
  network.on("blurNode", () => holder.classList.remove("pointing"));
  network.on("blurEdge", () => holder.classList.remove("pointing"));
  Filter.changed(refresh);
  Theme.changed(redraw);

  return {
    network, refresh, select, go, fit, zoom, pan,
    chosen: () => chosen,
    shown: () => shown,
    labels: () => labels,
    changed: (act) => listeners.push(act),
  };
})();
