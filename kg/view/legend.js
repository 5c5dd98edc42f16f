"use strict";

/** What a picture that is taken away says of itself: what it shows, how it is to be read, what was left out. */
const Legend = (() => {
  const SHORT = 0.8; // how large dashes are in a short line
  const RIM = 3;
  const mark = (svg, text) => ({ svg, text });
  const stroke = (colour, dashes = "", thick = 2) => Dom.stroke(colour, dashes, thick);
  const MEANING = { accepted: "accepted: stated by someone, denied by nobody", contested: "contested", suspected: "suspected" };

  /** Return marks for statuses, those given alone. */
  const statuses = (given) => Filter.statuses.filter((one) => given.has(one)).map((one) => mark(stroke(Theme.paper("ink"), Dash.text(one, SHORT)), MEANING[one]));

  /** Return marks for families, as rims. */
  const families = (nodes) => [...new Set(nodes.map((node) => node.family || ""))].filter((name) => Record.families[name]).sort()
    .map((name) => mark(Dom.symbol("dot", Theme.paper("panel"), Theme.family(name), RIM), `family of ${Record.families[name].label}`));

  function network() {
    const { nodes, edges, groups } = Picture.shown();
    const drawn = [...nodes].map((id) => Record.nodes.get(id));
    const lines = [...edges.keys()].map((id) => Record.edges.get(id).group);
    const kinds = new Set(drawn.map(Theme.type));
    const looks = Object.entries(Record.types).filter(([name]) => kinds.has(name)).map(([, look]) => mark(Dom.symbol(look.shape, Theme.pick(look.fill), Theme.pick(Record.plain)), look.label.toLowerCase()));
    const described = drawn.some((node) => node.unnamed) ? [mark(Dom.symbol("dot", Theme.paper("panel"), Theme.pick(Record.plain), 1.5, Dash.text("described", SHORT)), "known by description only")] : [];
    return {
      said: document.getElementById("shown").textContent + (groups.size ? `; ${groups.size} groups stand for nodes too many to draw` : ""),
      marks: [...Object.keys(Record.groups).filter((name) => lines.includes(name)).map((name) => mark(stroke(Theme.group(name), "", RIM), Record.groups[name].label.toLowerCase())),
        ...statuses(new Set([...edges.values()].map((parts) => parts[0].status))), ...looks, ...described, ...families(drawn)],
      notes: ["Pale lines have ended, or come from the registry alone. The thicker a line, the more reports."],
    };
  }

  function map() {
    const colour = Theme.group("violence");
    const what = Atlas.measure() === "killed" ? "killed, as far as reports say, at a place" : "events at a place";
    const alike = (alpha, dashes = "") => {
      const svg = Dom.symbol("dot", colour, colour, 1.8, dashes);
      svg.firstChild.setAttribute("fill-opacity", alpha);
      return svg;
    };
    return {
      said: document.getElementById("map-said").textContent,
      marks: [mark(alike(0.72), what), mark(alike(0.22), "somewhere about there"), mark(alike(0, Dash.text("contested", Plot.RIM)), "contested"), mark(alike(0, Dash.text("suspected", Plot.RIM)), "suspected")],
      notes: ["The larger a circle, the more; its rim shows the shares that are accepted (solid), contested and suspected. Outlines of countries: Natural Earth."],
    };
  }

  function lineage() {
    const { nodes, links } = Lineage.chart();
    const bonds = links.some((one) => !Pedigree.DESCENT.includes(one.relation));
    return {
      said: `${nodes.size.toLocaleString("en")} actors, ${links.length.toLocaleString("en")} links`,
      marks: [mark(stroke(Theme.group("lineage"), "", RIM), "split, merger, renaming"), ...(bonds ? [mark(stroke(Theme.group("loyalty"), "", 1.5), "came under")] : []),
        ...statuses(new Set(links.map((one) => one.status))), ...families([...nodes.keys()].map((id) => Record.nodes.get(id)))],
      notes: ["Elder on the left. Under a name: when the actor existed under it, as the registry has it."],
    };
  }

  /** Return what the reader has chosen to see, in words; "" where that is all. */
  function chosen() {
    const [from, to] = Filter.range();
    const { hidden, set } = Filter.state();
    const period = Filter.get("day") ? `on ${Span.day(from)}` : Span.period(from, to);
    const filtered = Object.keys(hidden).length || ["degree", "confidence", "undated"].some((name) => name in set) ? "a selection by filters" : "";
    return [period, filtered].filter(Boolean).join("; ");
  }

  return { network, map, lineage, chosen };
})();
