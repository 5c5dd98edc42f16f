"use strict";

/** The side panel: the legend, whose entries let through or hold back what they explain, and the thresholds. */
const Control = (() => {
  const { make, button } = Dom;
  const panel = document.getElementById("filters");
  const LABELS = { actor: "Actors", event: "Events", place: "Places", report: "Reports" };
  const TIES = 12;
  const LEGEND = 0.8; // how large dashes are in the short lines of the legend
  const boxes = [];
  const sliders = [];

  /** Return a row of the legend with its box, and a button that holds all other rows of the part back. */
  function row(facet, value, text, count, swatch = null) {
    const box = make("input", { type: "checkbox", "data-facet": facet, "data-value": value });
    box.checked = Filter.isOn(facet, value);
    box.addEventListener("change", () => Filter.set(facet, value, box.checked));
    boxes.push([box, facet, value]);
    const only = button("button.only", "only", (event) => { event.preventDefault(); alone(facet, value); }, { "aria-label": `Only ${text.slice(0, 100)}` });
    return make("div.row", {}, make("label", {}, box, swatch, make("bdi.name", { text })), make("span.count", { text: count.toLocaleString("en") }), only);
  }

  /** Let one value through and hold the others back; everything again where it is alone already. */
  function alone(facet, value) {
    const all = boxes.filter(([, name]) => name === facet).map(([, , one]) => one);
    const already = all.every((one) => Filter.isOn(facet, one) === (one === value));
    Filter.only(facet, all, already ? all : [value]);
  }

  /** Return a part of the panel, or nothing where it has no rows. */
  function part(title, rows, open = true) {
    if (!rows.length) return null;
    const fold = make("details", open ? { open: "" } : {}, make("summary", {}, make("h2", { text: title })));
    fold.append(rows.length > 30 ? make("div.many", {}, ...rows) : make("div", {}, ...rows));
    return fold;
  }

  /** Return [value, count] pairs of a property of things, the property giving one value or several. */
  function tally(things, property) {
    const counts = new Map();
    for (const thing of things) {
      const values = [property(thing)].flat();
      for (const value of values.length ? values : [""]) counts.set(value, (counts.get(value) || 0) + 1);
    }
    return counts;
  }

  /** Return values from the most to the least frequent, the empty one last. */
  const ranked = (counts) => [...counts.keys()].sort((a, b) => Number(a === "") - Number(b === "") || counts.get(b) - counts.get(a) || (a < b ? -1 : 1));

  const nodes = (kind) => [...Record.nodes.values()].filter((node) => !kind || node.kind === kind);
  const parts = () => [...Record.edges.values()].flatMap((edge) => (edge.group === "report" ? [] : edge.parts));
  const swatchOf = (look, border = Theme.pick(Record.plain)) => Dom.symbol(look.shape, Theme.pick(look.fill), border);

  function kinds() {
    const counts = tally(nodes(), (node) => node.kind);
    counts.set("report", Object.keys(Record.reports).length);
    return Filter.kinds.filter((kind) => counts.get(kind)).map((kind) =>
      row("kind", kind, LABELS[kind], counts.get(kind), Record.types[kind] ? swatchOf(Record.types[kind]) : Dom.symbol("dot", Theme.paper("line"), Theme.pick(Record.plain))));
  }

  /** The types of actors with their shapes. */
  function types() {
    const actors = nodes("actor");
    const counts = tally(actors, Theme.type);
    const rows = Object.entries(Record.types).filter(([name]) => counts.has(name)).filter(([name]) => !LABELS[name]).map(([name, look]) => row("type", name, look.label, counts.get(name), swatchOf(look)));
    const described = actors.filter((node) => node.unnamed).length;
    if (described) rows.push(make("p.row.key", {}, Dom.symbol("dot", Theme.paper("panel"), Theme.pick(Record.plain), 1.5, Dash.text("described", LEGEND)), make("bdi.name", { text: "Dashed rim: described, not identified" }), make("span.count", { text: described.toLocaleString("en") })));
    return rows;
  }

  function families() {
    const counts = tally(nodes("actor"), (node) => node.family || "");
    if (counts.size < 2) return [];
    return ranked(counts).map((family) => row("family", family, family ? Record.families[family].label : "No family", counts.get(family), Dom.symbol("dot", Theme.paper("panel"), Theme.family(family), 3)));
  }

  function relations() {
    const counts = tally(parts(), (one) => one.relation);
    const order = Object.keys(Record.groups);
    const rank = (name) => order.indexOf(Record.groupOf[name]);
    return [...counts.keys()].sort((a, b) => rank(a) - rank(b) || counts.get(b) - counts.get(a) || (a < b ? -1 : 1)).map((name) =>
      row("relation", name, Record.words(name), counts.get(name), Dom.stroke(Theme.group(Record.groupOf[name]), "", 3)));
  }

  function statuses() {
    const counts = tally(parts(), (one) => one.status);
    const rows = Filter.statuses.filter((name) => counts.has(name)).map((name) => row("status", name, name, counts.get(name), Dom.stroke(Theme.paper("ink"), Dash.text(name, LEGEND))));
    const registry = parts().filter((one) => one.background).length;
    if (registry) rows.push(row("origin", "registry", "from the registry alone", registry, Dom.stroke(Theme.paper("soft"), "", 1)));
    return rows;
  }

  /** Return rows for a facet of things by how often each value occurs; none where there is no choice. */
  function plain(facet, things, property, empty) {
    const counts = tally(things, property);
    return counts.size < 2 ? [] : ranked(counts).map((name) => row(facet, name, name || empty, counts.get(name)));
  }

  /** Return a slider for a threshold. */
  function threshold(name, label, most, step, words) {
    const input = make("input", { type: "range", id: `least-${name}`, min: "0", max: String(most), step: String(step), "aria-label": label });
    const said = make("output.count", { for: input.id });
    input.addEventListener("input", () => Filter.put({ [name]: Number(input.value) }));
    sliders.push(() => {
      input.value = String(Filter.get(name));
      said.textContent = words(Filter.get(name));
    });
    return make("label.threshold", {}, make("span", { text: label }), said, input);
  }

  const thresholds = () => [
    threshold("degree", "Least ties of an actor", TIES, 1, (value) => (value ? `${value} or more` : "any")),
    threshold("confidence", "Least confidence of the reading", 1, 0.05, (value) => (value ? value.toFixed(2) : "any")),
  ];

  /** Build the panel anew: colours follow the paper. */
  function build() {
    boxes.length = 0;
    sliders.length = 0;
    const folds = new Map([...panel.querySelectorAll("details")].map((fold) => [fold.textContent.slice(0, 40), fold.open]));
    panel.replaceChildren(...[
      part("Show", kinds()), part("Lines by status", statuses()), part("Relations", relations()), part("Families (rim)", families()), part("Actors by kind", types()),
      part("Theatre", plain("theatre", nodes("actor"), (node) => node.theatre || [], "No theatre given"), false),
      part("Tactic", plain("tactic", nodes("event"), (node) => node.tactic || [], "No tactic given"), false),
      part("Said as", plain("certainty", parts(), (one) => one.certainties || [], "Not said"), false),
      part("Outlet", plain("outlet", parts(), (one) => Record.outlets(one), "The registry").filter((one) => !one.querySelector("[data-value='']")), false),
      part("Thresholds", thresholds(), false),
    ].filter(Boolean));
    for (const fold of panel.querySelectorAll("details")) fold.open = folds.get(fold.textContent.slice(0, 40)) ?? fold.open;
    show();
  }

  /** Dim the relations that nothing shown has: roles while events are hidden, folded ones while they are not. */
  function show() {
    sliders.forEach((act) => act());
    const drawn = new Set([...Picture.shown().edges.values()].flatMap((some) => some.map((one) => one.relation)));
    for (const [box, facet, value] of boxes) {
      box.checked = Filter.isOn(facet, value);
      if (facet === "relation") box.closest(".row").classList.toggle("idle", !drawn.has(value) && !Picture.shown().groups.size);
    }
  }

  Filter.changed(show);
  Theme.changed(build);

  return { build };
})();
