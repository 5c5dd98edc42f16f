"use strict";

/** The side panel: the legend, whose entries let through or hold back what they explain. */
const Control = (() => {
  const { make } = Dom;
  const panel = document.getElementById("filters");
  const DASHES = { accepted: "", contested: "7 4", suspected: "2 4" };
  const boxes = [];

  /** Return a row of the legend with its box. */
  function row(facet, value, text, count, swatch) {
    const box = make("input", { type: "checkbox" });
    box.checked = Filter.isOn(facet, value);
    box.dataset.facet = facet;
    box.dataset.value = value;
    box.addEventListener("change", () => Filter.set(facet, value, box.checked));
    boxes.push([box, facet, value]);
    return make("label.row", {}, box, swatch, make("bdi.name", { text }), make("span.count", { text: count.toLocaleString("en") }));
  }

  /** Return a part of the panel, or nothing where it has no rows. */
  function part(title, rows, open = true) {
    if (!rows.length) return null;
    const fold = make("details", open ? { open: "" } : {}, make("summary", {}, make("h2", { text: title })));
    fold.append(...rows);
    return fold;
  }

  /** Return [value, count] pairs of a property of things, the property giving one value or several. */
  function tally(things, property) {
    const counts = new Map();
    for (const thing of things) for (const value of [property(thing)].flat()) counts.set(value, (counts.get(value) || 0) + 1);
    return counts;
  }

  const nodes = () => [...Record.nodes.values()];
  const parts = () => [...Record.edges.values()].flatMap((edge) => edge.parts);

  function kinds() {
    const counts = tally(nodes(), (node) => node.kind);
    const label = { actor: "Actors", event: "Events", place: "Places" };
    return Filter.kinds.filter((kind) => counts.has(kind)).map((kind) => {
      const look = Record.types[kind];
      const swatch = look ? Dom.symbol(look.shape, Theme.pick(look.fill), Theme.pick(Record.plain)) : Dom.symbol("dot", Theme.paper("line"), Theme.pick(Record.plain));
      return row("kind", kind, label[kind], counts.get(kind), swatch);
    });
  }

  /** Return a row that explains a drawing and holds nothing back. */
  const key = (swatch, text, count) => make("p.row.key", {}, swatch, make("bdi.name", { text }), make("span.count", { text: count.toLocaleString("en") }));

  /** The types of actors, to explain their shapes. */
  function shapes() {
    const actors = nodes().filter((node) => node.kind === "actor");
    const counts = tally(actors, (node) => (Record.types[node.type] ? node.type : "Actor"));
    const border = Theme.pick(Record.plain);
    const rows = Object.entries(Record.types).filter(([name]) => counts.has(name)).map(([name, look]) => key(Dom.symbol(look.shape, Theme.pick(look.fill), border), look.label, counts.get(name)));
    const described = actors.filter((node) => node.unnamed).length;
    if (described) rows.push(key(Dom.symbol("dot", Theme.paper("panel"), border, 1.5, "3 2"), "Described, not identified", described));
    return rows;
  }

  function families() {
    const counts = tally(nodes().filter((node) => node.kind === "actor"), (node) => node.family || "");
    const known = [...counts.keys()].filter(Boolean).sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
    if (!known.length) return [];
    return [...known, ...(counts.has("") ? [""] : [])].map((family) =>
      row("family", family, family ? Record.families[family].label : "No family", counts.get(family), Dom.symbol("dot", Theme.paper("panel"), Theme.family(family), 3)));
  }

  function relations() {
    const counts = tally(parts(), (part) => part.relation);
    const order = Object.keys(Record.groups);
    const rank = (name) => order.indexOf(Record.groupOf[name]);
    return [...counts.keys()].sort((a, b) => rank(a) - rank(b) || counts.get(b) - counts.get(a) || (a < b ? -1 : 1)).map((name) =>
      row("relation", name, Record.words(name), counts.get(name), Dom.stroke(Theme.group(Record.groupOf[name]), "", 3)));
  }

  function statuses() {
    const counts = tally(parts(), (part) => part.status);
    const rows = Filter.statuses.filter((name) => counts.has(name)).map((name) => row("status", name, name, counts.get(name), Dom.stroke(Theme.paper("ink"), DASHES[name])));
    const registry = parts().filter((part) => part.background).length;
    if (registry) rows.push(row("origin", "registry", "from the registry alone", registry, Dom.stroke(Theme.paper("soft"), "", 1)));
    return rows;
  }

  function certainties() {
    const counts = tally(parts(), (part) => part.certainties || []);
    return [...counts.keys()].sort().map((name) => row("certainty", name, name, counts.get(name), null));
  }

  /** Build the panel anew: colours follow the paper. */
  function build() {
    boxes.length = 0;
    panel.replaceChildren(...[
      part("Show", kinds()), part("Certainty of lines", statuses()), part("Relations", relations()),
      part("Families", families()), part("Actors", shapes()), part("Said as", certainties(), false),
    ].filter(Boolean));
    dim();
  }

  /** Dim the relations that nothing shown has: roles while events are hidden, folded ones while they are not. */
  function dim() {
    const drawn = new Set([...Filter.shown().edges.values()].flatMap((some) => some.map((one) => one.relation)));
    for (const [box, facet, value] of boxes) if (facet === "relation") box.parentElement.classList.toggle("idle", !drawn.has(value));
  }

  Filter.changed(() => boxes.forEach(([box, facet, value]) => { box.checked = Filter.isOn(facet, value); }));
  Filter.changed(dim);
  Theme.changed(build);

  return { build };
})();
