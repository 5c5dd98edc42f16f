"use strict";

/** What the panel says while nothing is chosen: how to read the picture, and where to begin. */
const Guide = (() => {
  const { make, button } = Dom;
  const MOST = 8;

  const reading = () =>
    make("section.guide", {},
      make("h2", { text: "How to read this" }),
      make("p", { text: "Every line is something that a report says, or the registry of actors. Select a line or a node to read the words it rests on, who said them, and where." }),
      make("ul.keys", {},
        row("accepted", "stated by someone, denied by nobody"),
        row("contested", "denied by someone, or told otherwise"),
        row("suspected", "only suspected or blamed")),
      make("p.hint", { text: "The strip below moves through time; the tabs above show the same selection on the map and as lineage. A double click on an actor draws only its surroundings." }),
      make("p.hint", { text: `On the map ${document.getElementById("map-key").textContent.replace(/^A/, "a")}` }),
      make("p.hint", { text: "What is denied or merely supposed is never drawn. Accepted means that the rule lets it through, not that it is true. Pale lines have ended, or come from the registry alone." }));

  const row = (word, meaning) =>
    make("li", {}, Dom.stroke(Theme.paper("ink"), Dash.text(word), 2), make("span", {}, make("b", { text: word }), ` ${meaning}`));

  /** Return a list of nodes to begin with. */
  function list(title, nodes, note = null) {
    if (!nodes.length) return null;
    const rows = nodes.map((node) => make("li", {}, button("button.link", node.label, () => Explorer.open(node.id)), node.kind === "event" ? make("bdi.alias", { text: Record.parties(node) }) : null, note && make("span.note", { text: note(node) })));
    return make("section.guide", {}, make("h3", { text: title }), make("ul.start", {}, ...rows));
  }

  function content() {
    const actors = Record.ranked.filter((node) => node.kind === "actor" && Record.degree(node.id));
    const contested = Record.ranked.filter((node) => node.kind === "event" && Record.touching.get(node.id).some((edge) => edge.parts.some((part) => part.status === "contested")));
    return [
      make("div.head.guide-close", {}, button("button.close", "×", () => Picture.select(null), { "aria-label": "Close the guide", title: "Close (Esc)" })),
      reading(),
      list("Most connected", actors.slice(0, MOST), ({ id }) => `${Record.degree(id)} tie${Record.degree(id) === 1 ? "" : "s"}`),
      list("Rival accounts", contested.slice(0, MOST)),
    ];
  }

  return { content };
})();
