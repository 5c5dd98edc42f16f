"use strict";

/** The map: events by place over the outlines of countries, linked to the period, the filters and the choice. */
const Atlas = (() => {
  const holder = document.getElementById("map");
  const canvas = document.createElement("canvas");
  const TURN = 7; // pixels of movement up to which a press is a click
  let spots = [];
  let names = 0;
  let measure = "events"; // what the area of a circle stands for
  const eye = { x: 0.5, y: 0.5, scale: 300 }; // the middle of the view in the unit square, pixels across the world
  let chosen = null;

  const events = (place) => [...new Set(Record.touching.get(place.id).map((edge) => Record.nodes.get(edge.from)).filter((node) => node.kind === "event"))];

  /** Whether an event belongs to what is chosen: itself, its place, its line, or an actor in it. */
  function belongs(event) {
    if (!chosen) return true;
    if (chosen.kind === "node") return event.id === chosen.id || Record.touching.get(event.id).some((edge) => edge.from === chosen.id || edge.to === chosen.id);
    const line = Record.edges.get(chosen.id);
    return Boolean(line) && (line.from === event.id || line.to === event.id || line.parts.some((part) => (part.happenings || []).includes(event.id)));
  }

  const located = [...Record.nodes.values()].filter((node) => node.kind === "place" && node.at).map((place) => ({ place, events: events(place), point: Outline.project(place.at) })).filter((one) => one.events.length);
  const placed = new Set(located.flatMap((one) => one.events.map((event) => event.id)));

  /** Take stock of what the filters let through. */
  function refresh() {
    if (!open()) return;
    const centre = Filter.get("centre");
    const meant = (event) => Filter.happens(event) && (!centre || Picture.shown().nodes.has(event.id) || Record.touching.get(event.id).some((edge) => edge.from === centre || edge.to === centre));
    spots = located.map((one) => {
      const through = one.events.filter(meant);
      return { ...one, through, own: through.filter(belongs).length };
    }).filter((one) => one.through.length).sort((a, b) => b.through.length - a.through.length || (a.place.id < b.place.id ? -1 : 1));
    const all = [...Record.nodes.values()].filter((node) => node.kind === "event" && meant(node));
    const missing = all.filter((node) => !placed.has(node.id)).length;
    const shown = all.length - missing;
    document.getElementById("map-said").textContent = `${shown.toLocaleString("en")} event${shown === 1 ? "" : "s"} at ${spots.length.toLocaleString("en")} place${spots.length === 1 ? "" : "s"}${missing ? `; ${missing.toLocaleString("en")} without a place that can be located` : ""}`;
    draw();
  }

  const width = () => holder.clientWidth;
  const height = () => holder.clientHeight;
  const open = () => holder.clientWidth > 0 && holder.clientHeight > 0;

  const scene = () => ({ eye, width: width(), height: height(), spots, chosen, measure });

  /** Draw the map as it is now. */
  function draw() {
    if (open()) names = Plot.draw(Brush.on(canvas, width(), height()), scene());
  }

  /** Return what is in view as a drawing in SVG. */
  function svg() {
    const pen = Pen.on(width(), height());
    Plot.draw(pen, scene());
    return pen.svg;
  }

  /** Show all places, or those of what is chosen. */
  function fit() {
    const own = chosen ? spots.filter((one) => one.own || one.place.id === chosen.id) : [];
    const points = (own.length ? own : spots.length ? spots : located).map((one) => one.point);
    if (!open()) return;
    const [xs, ys] = [0, 1].map((axis) => (points.length ? points.map((point) => point[axis]) : [0.1, 0.9]));
    const span = (values) => Math.max(0.02, Math.max(...values) - Math.min(...values));
    eye.x = (Math.min(...xs) + Math.max(...xs)) / 2;
    eye.y = (Math.min(...ys) + Math.max(...ys)) / 2;
    eye.scale = Math.min((width() - Math.min(200, width() / 3)) / span(xs), Math.max(height() - 130, height() * 0.6) / span(ys), 12000);
    draw();
  }

  function zoom(factor, at = [width() / 2, height() / 2]) {
    const scale = Math.max(200, Math.min(200000, eye.scale * factor));
    eye.x += (at[0] - width() / 2) * (1 / eye.scale - 1 / scale);
    eye.y += (at[1] - height() / 2) * (1 / eye.scale - 1 / scale);
    eye.scale = scale;
    draw();
  }

  function pan(across, down) {
    eye.x += across / eye.scale;
    eye.y = Math.max(0, Math.min(1, eye.y + down / eye.scale));
    draw();
  }

  /** Return the smallest mark under a point of the screen. */
  const under = (x, y) => spots.filter(({ screen: [left, top, size] }) => Math.hypot(left - x, top - y) <= size + 3).pop();

  /** Choose what is chosen elsewhere too; bring its place into view. */
  function choose(one) {
    chosen = one;
    refresh();
    if (!one || !open()) return;
    const spot = spots.find(({ place, through }) => place.id === one.id || through.some((event) => event.id === one.id));
    if (!spot) return;
    const [x, y] = Plot.screen(spot.point, scene());
    if (x < 30 || y < 30 || x > width() - 30 || y > height() - 30) {
      [eye.x, eye.y] = spot.point;
      draw();
    }
  }

  let drag = null;
  canvas.addEventListener("pointerdown", (event) => { drag = { x: event.offsetX, y: event.offsetY, moved: 0 }; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    const spot = under(event.offsetX, event.offsetY);
    canvas.classList.toggle("pointing", Boolean(spot));
    if (spot && !drag) Caption.show(spot, event.offsetX, event.offsetY);
    else Caption.hide();
    if (!drag) return;
    const [across, down] = [drag.x - event.offsetX, drag.y - event.offsetY];
    drag = { x: event.offsetX, y: event.offsetY, moved: drag.moved + Math.abs(across) + Math.abs(down) };
    if (drag.moved > TURN) pan(across, down);
  });
  canvas.addEventListener("pointerup", (event) => {
    const click = drag && drag.moved <= TURN;
    drag = null;
    if (!click) return;
    const spot = under(event.offsetX, event.offsetY);
    Picture.select(spot ? spot.place.id : null);
  });
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? 1.25 : 0.8, [event.offsetX, event.offsetY]); }, { passive: false });
  canvas.addEventListener("pointerleave", Caption.hide);
  holder.prepend(canvas);
  const chooser = document.getElementById("map-measure");

  /** Let the circles stand for events or for those killed in them. */
  function measured(what) {
    measure = what === "killed" ? "killed" : "events";
    chooser.value = measure;
    draw();
  }
  chooser.addEventListener("change", () => { measured(chooser.value); Address.note(); });
  new ResizeObserver(draw).observe(holder);
  Filter.changed(refresh);
  Theme.changed(draw);

  return {
    refresh, choose, fit, zoom, pan, canvas, svg, measured, measure: () => measure, located: located.length,
    spots: () => spots.map(({ place, screen: at, through }) => ({ id: place.id, label: place.label, at, events: through.length })),
    names: () => names,
  };
})();
