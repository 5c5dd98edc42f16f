"use strict";

/** The map: events by place over the outlines of countries, linked to the period, the filters and the choice. */
const Atlas = (() => {
  const holder = document.getElementById("map");
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const TURN = 7; // pixels of movement up to which a press is a click
  const SMALLEST = 4;
  const LARGEST = 18; // added to it for the place with the most killed
  const RIM = 0.6; // how large dashes are in the rim of a circle
  const NEAR = 14; // pixels between places that are about there only and others
  const GOLDEN = Math.PI * (3 - Math.sqrt(5));
  let countries = null;
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
  const screen = ([x, y]) => [(x - eye.x) * eye.scale + width() / 2, (y - eye.y) * eye.scale + height() / 2];
  const amount = ({ through }) => (measure === "killed" ? Caption.killed(through) : through.length);
  const radius = (spot, most) => SMALLEST + (measure === "killed" ? LARGEST * Math.sqrt(amount(spot) / most) : 3.4 * Math.sqrt(amount(spot)));
  const open = () => holder.clientWidth > 0 && holder.clientHeight > 0;

  /** Draw the map as it is now. */
  function draw() {
    if (!open()) return;
    countries ??= Outline.all();
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width() * ratio) || canvas.height !== Math.round(height() * ratio)) {
      canvas.width = Math.round(width() * ratio);
      canvas.height = Math.round(height() * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = Theme.paper("sea");
    context.fillRect(0, 0, width(), height());
    land(ratio);
    const taken = Label.boxes();
    marks(taken);
    texts(taken);
  }

  function land(ratio) {
    const { x, y, scale } = eye;
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (width() / 2 - x * scale), ratio * (height() / 2 - y * scale));
    context.fillStyle = Theme.paper("land");
    context.strokeStyle = Theme.paper("border");
    context.lineWidth = 0.9 / scale;
    const [left, top, right, bottom] = [x - width() / 2 / scale, y - height() / 2 / scale, x + width() / 2 / scale, y + height() / 2 / scale];
    for (const one of countries) {
      if (!one.boxes.some((box) => box[0] < right && box[2] > left && box[1] < bottom && box[3] > top)) continue;
      context.fill(one.path, "evenodd");
      context.stroke(one.path);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Return where a place is drawn; one that is about there only stands beside those that are on the spot. */
  function beside(spot, before) {
    const [x, y] = screen(spot.point);
    if (spot.place.exact) return [x, y];
    for (let turn = 0; ; turn += 1) { // a spiral as in a sunflower: near, and never on another
      const away = NEAR * Math.sqrt(turn);
      const [left, top] = [x + away * Math.cos((turn - 1) * GOLDEN), y + away * Math.sin((turn - 1) * GOLDEN)];
      if (before.every((one) => Math.hypot(one.screen[0] - left, one.screen[1] - top) >= NEAR - 1)) return [left, top];
    }
  }

  /** Draw a circle for each place: its area by the number of events, hollow where the place is about there only. */
  function marks(taken) {
    const standing = [];
    const most = Math.max(1, ...spots.map(amount));
    for (const spot of [...spots].sort((a, b) => Number(Boolean(b.place.exact)) - Number(Boolean(a.place.exact)))) {
      spot.screen = [...beside(spot, standing), radius(spot, most)];
      standing.push(spot);
    }
    for (const spot of spots) {
      const [x, y, size] = spot.screen;
      const picked = chosen && chosen.id === spot.place.id;
      context.globalAlpha = spot.own || picked ? 1 : 0.2;
      context.beginPath();
      context.arc(x, y, size, 0, 2 * Math.PI);
      context.fillStyle = Theme.group("violence");
      context.globalAlpha *= spot.place.exact ? 0.72 : 0.22;
      context.fill();
      context.globalAlpha = spot.own || picked ? 1 : 0.3;
      context.lineWidth = picked ? 3 : 1.8;
      context.strokeStyle = picked ? Theme.paper("accent") : Theme.group("violence");
      rim(spot);
      if (size >= 8.5) {
        context.fillStyle = spot.place.exact && !Theme.isDark() ? "#ffffff" : Theme.paper("ink");
        context.font = `600 11px ${Label.FONT}`;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillText(amount(spot).toLocaleString("en"), x, y + 0.5);
      }
      taken.add({ left: x - size, right: x + size, top: y - size, bottom: y + size, own: spot.place.id });
    }
    context.globalAlpha = 1;
  }

  /** Draw the rim of a circle: for each status a part as long as its share of the events. */
  function rim({ screen: [x, y, size], through }) {
    let from = -Math.PI / 2;
    for (const status of Filter.statuses) {
      const own = through.filter((event) => (Filter.statuses.includes(event.status) ? event.status : "suspected") === status);
      if (!own.length) continue;
      const to = from + (own.length / through.length) * 2 * Math.PI;
      context.setLineDash(Dash.lengths(status, RIM));
      context.beginPath();
      context.arc(x, y, size, from, to);
      context.stroke();
      from = to;
    }
    context.setLineDash([]);
  }

  /** Name places and countries where there is room. */
  function texts(taken) {
    names = 0;
    context.textAlign = "left";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = Theme.paper("land");
    for (const { place, screen: [x, y, size], own } of spots) {
      context.font = `500 12px ${Label.FONT}`;
      const text = Label.shorten(place.label);
      const wide = context.measureText(text).width;
      if (own) write(text, [[x + size + 4, y - 7], [x - size - 4 - wide, y - 7], [x - wide / 2, y + size + 2], [x - wide / 2, y - size - 15]], wide, taken, Theme.paper("ink"));
    }
    for (const { name, main } of countries) {
      const [left, top] = screen([main[0], main[1]]);
      const [right, bottom] = screen([main[2], main[3]]);
      context.font = `11px ${Label.FONT}`;
      const wide = context.measureText(name).width;
      if (wide < (right - left) * 0.8) write(name, [[(left + right - wide) / 2, (top + bottom) / 2 - 6]], wide, taken, Theme.paper("soft"));
    }
  }

  function write(text, places, wide, taken, colour) {
    for (const [left, top] of places) {
      const box = { left: left - 2, right: left + wide + 2, top, bottom: top + 14, own: null };
      if (left < 2 || top < 2 || left + wide > width() - 2 || top > height() - 16 || !taken.free(box, "", false)) continue;
      taken.add(box);
      context.strokeText(text, left, top);
      context.fillStyle = colour;
      context.fillText(text, left, top);
      names += 1;
      return;
    }
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
    eye.scale = Math.min((width() - Math.min(200, width() / 3)) / span(xs), (height() - 130) / span(ys), 12000);
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
    const [x, y] = screen(spot.point);
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
    refresh, choose, fit, zoom, pan, canvas, measured, measure: () => measure, located: located.length,
    spots: () => spots.map(({ place, screen: at, through }) => ({ id: place.id, label: place.label, at, events: through.length })),
    names: () => names,
  };
})();
