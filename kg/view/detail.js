"use strict";

/** The panel on what is chosen: an actor, an event, a place or a line, with every statement behind it. */
const Detail = (() => {
  const { make, button } = Dom;
  const panel = document.getElementById("detail");
  const name = (id) => Record.nodes.get(id).label;
  const SINGULAR = { ArmedGroup: "Armed group", StateForce: "State force", InternationalForce: "International force", MediaArm: "Media arm", Actor: "Actor" };

  /** Return a table of what is known, without what is not. */
  function facts(rows) {
    const list = make("dl.facts");
    for (const [term, value] of rows) {
      if (!value || (Array.isArray(value) && !value.length)) continue;
      const text = Array.isArray(value) ? value.join(", ") : value;
      list.append(make("dt", { text: term }), make("dd", {}, text instanceof Node ? text : make("bdi", { text: String(text) })));
    }
    return list.children.length ? list : null;
  }

  const status = (text) => make("span.status", { text, "data-status": text });

  function head(kicker, title, ...more) {
    const close = button("button.close", "×", () => Picture.select(null), { "aria-label": "Close details", title: "Close (Esc)" });
    return make("div.head", {}, close, make("p.kicker", {}, kicker, ...more), make("h2", {}, make("bdi", { text: title })));
  }

  /** Return a button that goes on to another node or line. */
  const onward = (id, text) => button("button.link", text, () => Explorer.open(id));

  /** Return the parts of a node's lines that the filters let through, as [line, part] pairs. */
  const drawn = (id) => Record.touching.get(id).flatMap((edge) => (Picture.shown().edges.get(edge.id) || []).map((one) => [edge, one]));

  /** Return the lines of a node as a list by group, each with its other end. */
  function ties(id) {
    const groups = new Map();
    for (const [edge, one] of drawn(id)) {
      if (!groups.has(edge.group)) groups.set(edge.group, []);
      groups.get(edge.group).push([edge, one]);
    }
    const order = Object.keys(Record.groups);
    return [...groups].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0])).map(([group, pairs]) => {
      const rows = pairs.map(([edge, one]) => tie(id, edge, one));
      const fold = make("details.ties", rows.length <= 12 ? { open: "" } : {});
      const swatch = Dom.stroke(Theme.group(group), "", 3);
      fold.append(make("summary", {}, swatch, make("span", { text: Record.groups[group].label }), make("span.count", { text: String(rows.length) })), make("ul", {}, ...rows));
      return fold;
    });
  }

  function tie(id, edge, part) {
    const out = edge.from === id;
    const other = out ? edge.to : edge.from;
    const line = button("button.link.phrase", Record.partWords(part), () => Explorer.open(edge.id), { title: "Show this line and its quotes" });
    const phrase = out ? [line, onward(other, name(other))] : [onward(other, name(other)), line, make("span.self", { text: "this" })];
    const notes = [part.derived && part.events > 1 ? `${part.events} events` : "", part.background ? "registry" : "", Record.period(part.begin, part.end)];
    const note = notes.filter(Boolean).join(", ");
    return make("li", {}, ...phrase.flatMap((piece) => [piece, " "]), part.status === "accepted" ? null : status(part.status), note ? make("span.note", { text: note }) : null);
  }

  /** Return the heading of what an actor's own statements are: those that no line shows. */
  function undrawn(node) {
    if (!node.statements.length) return [];
    return [make("h3.part", { text: "Said, but not drawn" }), make("p.hint", { text: "Denied or merely supposed, so no line stands for it." }), ...Quote.sections(node.statements)];
  }

  function actor(node) {
    const family = Record.families[node.family];
    const known = (node.aliases || []).slice(0, 60);
    return [
      head(SINGULAR[node.type] || node.type, node.label),
      facts([
        ["Also", known.length ? aliases(known) : null],
        ["Family", family && family.label],
        ["Theatre", node.theatre],
        ["Seen in", [node.events && `${node.events} event${node.events === 1 ? "" : "s"}`, node.reports && `${node.reports} report${node.reports === 1 ? "" : "s"}`].filter(Boolean)],
        ["Note", node.unnamed && "Known by description only; not joined across reports"],
      ]),
      ...ties(node.id),
      ...undrawn(node),
      ...said(drawn(node.id).flatMap(([, one]) => one.statements)),
    ];
  }

  /** Return statements under their heading, nothing where there are none. */
  const said = (numbers) => (numbers.length ? [make("h3.part", { text: "What is said" }), ...Quote.sections(numbers)] : []);

  /** Return names; many are folded away. */
  function aliases(names) {
    const list = make("span.aliases");
    const text = (some) => make("bdi", { text: some.join(" · ") });
    if (names.length <= 4) list.append(text(names));
    else list.append(make("details", {}, make("summary", {}, text(names.slice(0, 3)), ` and ${names.length - 3} more`), text(names.slice(3))));
    return list;
  }

  function event(node) {
    const rivals = Record.touching.get(node.id).flatMap((edge) => edge.parts.filter((part) => part.status === "contested").map((part) => [edge, part]));
    return [
      head(node.type, node.label, status(node.status)),
      facts([
        ["Date", Record.day(node.date)],
        ["Place", node.place],
        ["Tactic", node.tactic],
        ["Outcome", node.outcome],
        ["Killed", node.killed],
        ["Wounded", node.wounded],
        ["Missing", node.missing],
        ["Claim", node.unclaimed && "No group has claimed it"],
      ]),
      rivals.length > 1 ? rival(node, rivals) : null,
      ...ties(node.id),
      ...said(node.statements),
    ];
  }

  /** Return the accounts that exclude each other, side by side: whom each names, and who says so. */
  function rival(node, pairs) {
    const cards = pairs.map(([edge, part]) => {
      const other = edge.from === node.id ? edge.to : edge.from;
      const found = Record.statements(part.statements);
      const who = (stances) => [...new Set(found.filter((one) => stances.includes(one.stance)).map((one) => one.speaker_label || "unnamed"))].join(", ");
      return make("div.account", {}, make("p", { text: Record.role(part.relation) }), onward(other, name(other)),
        facts([["Says", who(["asserts", "claims", "hedges"])], ["Denies", who(["denies"])]]));
    });
    return make("section.rivals", {}, make("h3", { text: "Rival accounts" }), make("div.accounts", {}, ...cards));
  }

  function place(node) {
    return [head("Place", node.label), facts([["Also", node.aliases && node.aliases.length ? aliases(node.aliases) : null]]), ...ties(node.id), ...said(drawn(node.id).flatMap(([, one]) => one.statements))];
  }

  function line(edge) {
    const shown = Picture.shown().edges.get(edge.id) || edge.parts;
    const title = make("h2", {}, onward(edge.from, name(edge.from)), make("span.between", { text: [...new Set(shown.map(Record.partWords))].join(", ") }), onward(edge.to, name(edge.to)));
    const top = head(Record.groups[edge.group].label, "");
    top.querySelector("h2").replaceWith(title);
    return [top, ...shown.flatMap(part)];
  }

  function part(one) {
    const events = one.happenings || [];
    return [
      make("h3.part", {}, Record.partWords(one), " ", status(one.status)),
      facts([
        ["When", Record.period(one.begin || one.earliest, one.end || one.latest)],
        ["Reports", one.reports],
        ["Events", one.derived ? String(one.events) : null],
        ["Source", one.background ? "the registry alone; no report here says so" : null],
      ]),
      events.length ? make("ul.happenings", {}, ...events.slice(0, 50).map((id) => make("li", {}, Record.nodes.has(id) ? onward(id, name(id)) : make("span", { text: id })))) : null,
      ...Quote.sections(one.statements),
    ];
  }

  /** Show what is chosen, or the guide where nothing is. */
  function show(chosen) {
    const pages = { actor, event, place };
    let content = Guide.content();
    if (chosen && chosen.kind === "node") content = pages[Record.nodes.get(chosen.id).kind](Record.nodes.get(chosen.id));
    else if (chosen) content = line(Record.edges.get(chosen.id));
    panel.replaceChildren(...content.filter(Boolean));
    panel.scrollTop = 0;
    document.body.classList.toggle("has-choice", Boolean(chosen));
  }

  return { show };
})();
