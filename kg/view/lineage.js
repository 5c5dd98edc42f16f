"use strict";

/** The lineage as a chart of generations: boxes for actors, lines for splits, mergers, renamings and pledges. */
const Lineage = (() => {
  const { make } = Dom;
  const holder = document.getElementById("lineage");
  const BOX = { width: 172, height: 40, across: 284, down: 54, rim: 26, room: 156 };
  const NAME = { size: 12.5, weight: 500 };
  const [SMALLEST, LARGEST] = [0.2, 3];
  let bonds = true;
  let scale = 1;
  let drawn = { nodes: new Map(), links: [] };

  const x = (node) => BOX.rim + node.column * BOX.across;
  const y = (node) => BOX.rim + node.row * BOX.down;
  const colour = (link) => Theme.group(Pedigree.DESCENT.includes(link.relation) ? "lineage" : "loyalty");

  /** Return a line from the right of the elder to the left of the younger, around where they stand in one column. */
  function curve(from, to) {
    const [x1, y1, y2] = [x(from) + BOX.width, y(from) + BOX.height / 2, y(to) + BOX.height / 2];
    const x2 = x(to);
    if (x2 <= x1) return { path: `M${x1} ${y1}C${x1 + 46} ${y1} ${x2 + BOX.width + 46} ${y2} ${x2 + BOX.width} ${y2}`, ends: [x2 + BOX.width + 8, y2, "start"] };
    const bend = Math.max(40, (x2 - x1) / 2);
    return { path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, ends: [x2 - 8, y2, "end"] };
  }

  const attributes = (element, values) => {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, String(value));
    return element;
  };

  /** Return an element that opens something when pressed, by mouse or key. */
  function pressed(element, id, name) {
    attributes(element, { tabindex: "0", role: "button", "aria-label": name, "data-id": id });
    element.addEventListener("click", () => Explorer.open(id));
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      Explorer.open(id);
    });
    return element;
  }

  /** Return the words of a line where it ends, once for lines of the same words to the same box; nothing without room. */
  function caption(text, link, [at, level, anchor], { boxes, said }) {
    if (said.has(`${link.to}|${text}`)) return null;
    said.add(`${link.to}|${text}`);
    const wide = text.length * 5.7;
    for (const down of [-5, 14, -18, 27]) {
      const left = anchor === "end" ? at - wide : at;
      const room = { left, right: left + wide, top: level + down - 9, bottom: level + down + 2, own: null };
      if (!boxes.free(room, "", false)) continue;
      boxes.add(room);
      const label = Dom.shape("text", { x: at, y: level + down, "text-anchor": anchor, fill: colour(link), "font-size": 10.5, stroke: Theme.paper("paper"), "stroke-width": 4, "paint-order": "stroke", "pointer-events": "none" });
      label.textContent = text;
      return label;
    }
    return null;
  }

  function line(link, taken) {
    const { path, ends } = curve(drawn.nodes.get(link.from), drawn.nodes.get(link.to));
    const paint = { d: path, fill: "none", stroke: colour(link), "stroke-width": Pedigree.DESCENT.includes(link.relation) ? 2 : 1.2, "stroke-dasharray": Dash.text(link.status) };
    const year = link.date.slice(0, 4);
    const [elder, younger] = [link.from, link.to].map((id) => Record.nodes.get(id).label);
    const group = Dom.shape("g", { class: "link" });
    const name = `${elder}, ${Pedigree.WORDS[link.relation]}: ${younger}${link.date ? `, ${Span.day(link.date)}` : ""}`;
    group.append(Dom.shape("path", { d: path, fill: "none", stroke: "transparent", "stroke-width": 10, class: "grip" }), Dom.shape("path", paint));
    const text = `${Pedigree.WORDS[link.relation]}${year ? ` ${year}` : ""}`;
    const label = caption(text, link, ends, taken);
    if (label) taken.captions.push(label);
    group.append(Dom.shape("title", {}));
    group.lastChild.textContent = name;
    return pressed(group, link.open, name);
  }

  function box(node) {
    const record = Record.nodes.get(node.id);
    const group = Dom.shape("g", { class: "box", transform: `translate(${x(node)} ${y(node)})` });
    const chosen = Picture.chosen() && Picture.chosen().id === node.id;
    group.append(Dom.shape("rect", { width: BOX.width, height: BOX.height, rx: 6, fill: Theme.paper("panel"), stroke: chosen ? Theme.paper("accent") : Theme.family(record.family), "stroke-width": chosen ? 3.5 : 2, "stroke-dasharray": record.unnamed ? Dash.text("described") : "" }));
    const period = record.active ? Span.period(...record.active) : "";
    const text = Dom.shape("text", { x: BOX.width / 2, y: BOX.height / 2 + (period ? -2 : 4.5), "text-anchor": "middle", "font-size": NAME.size, "font-weight": NAME.weight, fill: Theme.paper("ink") });
    text.textContent = Label.fitting(Label.shorten(record.label), NAME, BOX.room);
    const years = Dom.shape("text", { x: BOX.width / 2, y: BOX.height - 7.5, "text-anchor": "middle", "font-size": 10.5, class: "years", fill: Theme.paper("soft") });
    years.textContent = period;
    const title = Dom.shape("title", {});
    const said = period ? `${record.label.slice(0, 200)}, active ${period}` : record.label.slice(0, 200);
    title.textContent = said;
    group.append(text, ...(period ? [years] : []), title);
    return pressed(group, node.id, said);
  }

  /** Return the heading of those without links. */
  function heading() {
    const text = Dom.shape("text", { x: BOX.rim, y: y({ row: drawn.heading }) - 12, "font-size": 12, fill: Theme.paper("soft"), class: "alone" });
    text.textContent = "No split, merger or renaming known here";
    return text;
  }

  /** Draw the chart anew where it is in view. */
  function refresh() {
    if (!holder.clientWidth) return;
    drawn = Pedigree.chart(bonds);
    const scroll = [holder.scrollLeft, holder.scrollTop];
    const back = drawn.links.some(({ from, to }) => drawn.nodes.get(to).column <= drawn.nodes.get(from).column) ? 90 : 0; // lines that turn back need room
    const wide = 2 * BOX.rim + Math.max(0, drawn.columns - 1) * BOX.across + BOX.width + back;
    const high = 2 * BOX.rim + drawn.rows * BOX.down;
    const svg = attributes(Dom.shape("svg", { class: "pedigree" }), { width: wide * scale, height: high * scale, viewBox: `0 0 ${wide} ${high}`, role: "group", "aria-label": "Lineage" });
    const taken = { boxes: Label.boxes(), said: new Set(), captions: [] };
    for (const node of drawn.nodes.values()) taken.boxes.add({ left: x(node), right: x(node) + BOX.width, top: y(node), bottom: y(node) + BOX.height, own: node.id });
    const descentFirst = [...drawn.links].sort((a, b) => Number(Pedigree.DESCENT.includes(b.relation)) - Number(Pedigree.DESCENT.includes(a.relation)));
    svg.append(...descentFirst.map((link) => line(link, taken)).reverse(), ...taken.captions, ...[...drawn.nodes.values()].map(box), ...(drawn.heading === null ? [] : [heading()]));
    const key = make("p.lineage-key", {}, make("label", {}, switchOf(), make("span", { text: "Pledges, affiliations and memberships too" })),
      make("span", {}, Dom.stroke(Theme.group("lineage"), "", 3), make("span", { text: "split, merger, renaming" })),
      make("span", {}, Dom.stroke(Theme.group("loyalty"), "", 1.5), make("span", { text: "came under" })),
      make("span.soft", { text: "Elder on the left. Dashed: contested; dotted: suspected. Under a name: when it existed under that name, as the registry has it." }));
    const none = drawn.nodes.size ? null : make("p.none", { text: "No founding, split, merger or renaming in this selection." });
    holder.replaceChildren(key, ...[none, drawn.nodes.size ? svg : null].filter(Boolean));
    [holder.scrollLeft, holder.scrollTop] = scroll;
  }

  function switchOf() {
    const input = make("input", { type: "checkbox", id: "bonds" });
    input.checked = bonds;
    input.addEventListener("change", () => { bonds = input.checked; refresh(); document.getElementById("bonds").focus(); });
    return input;
  }

  /** Bring the box of what is chosen into view. */
  function choose() {
    refresh();
    const chosen = Picture.chosen();
    const found = chosen && [...holder.querySelectorAll(".box")].find((one) => one.dataset.id === chosen.id);
    if (found) found.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Draw the chart larger or smaller, the middle of what is in view staying where it is. */
  function zoom(factor) {
    const before = scale;
    scale = Math.min(LARGEST, Math.max(SMALLEST, scale * factor));
    const [x_, y_] = [holder.scrollLeft + holder.clientWidth / 2, holder.scrollTop + holder.clientHeight / 2];
    refresh();
    holder.scrollTo(x_ * scale / before - holder.clientWidth / 2, y_ * scale / before - holder.clientHeight / 2);
  }

  /** Draw the chart as large as all of it is in view, no larger than at the start. */
  function fit() {
    const svg = holder.querySelector("svg.pedigree");
    if (!svg) return;
    const [wide, high] = ["width", "height"].map((name) => svg.viewBox.baseVal[name]);
    const room = holder.clientHeight - holder.querySelector(".lineage-key").offsetHeight;
    zoom(Math.min(1, holder.clientWidth / wide, room / high) / scale);
  }

  Filter.changed(refresh);
  Theme.changed(refresh);

  return {
    refresh, choose, zoom, fit,
    /** Draw the chart as at the start. */
    whole: () => zoom(1 / scale),
    pan: (across, down) => holder.scrollBy(across, down),
    chart: () => drawn, svg: () => holder.querySelector("svg.pedigree"),
  };
})();
