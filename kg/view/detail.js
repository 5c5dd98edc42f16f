"use strict";

/** The panel on what is chosen: an actor, an event, a place or a line, with every statement behind it. */
const Detail = (() => {
  const { make, button } = Dom;
  const panel = document.getElementById("detail");
  let before = null;
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

  /** Return the buttons that draw only what lies near an actor. */
  function focus(id) {
    const now = Filter.get("centre") === id ? Filter.get("hops") : 0;
    const hop = (hops) => button("button.small", hops === 1 ? "1 hop" : `${hops} hops`, () => Explorer.focus(id, now === hops ? 0 : hops), { "aria-pressed": String(now === hops), "data-hops": String(hops), title: "Draw only what lies this near; press again to draw all" });
    return make("p.actions", {}, make("span", { text: "Only within" }), hop(1), hop(2), hop(3));
  }

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
      const fold = make(`details.ties.of-${group}`, rows.length <= 12 ? { open: "" } : {});
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
    const notes = [part.derived && part.events > 1 ? `${part.events} events` : "", part.background ? "registry" : "", Span.period(part.begin, part.end)];
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
      focus(node.id),
      facts([
        ["Also", known.length ? aliases(known) : null],
        ["Family", family?.label],
        ["Theatre", node.theatre],
        ["Active", node.active && active(node)],
        ["Seen in", [node.events && `${node.events} event${node.events === 1 ? "" : "s"}`, node.reports && `${node.reports} report${node.reports === 1 ? "" : "s"}`].filter(Boolean)],
        ["Note", node.unnamed && "Known by description only; not joined across reports"],
      ]),
      ...ties(node.id),
      ...undrawn(node),
      ...said(drawn(node.id).flatMap(([, one]) => one.statements), node.statements),
    ];
  }

  /** Return since when and until when an actor existed, with the documents that its entry in the registry cites. */
  function active(node) {
    const cited = node.sources.map(({ title, url }) => make("li", {}, url ? Quote.link(url, title) : make("bdi", { text: title })));
    const entry = cited.length ? make("details.cited", {}, make("summary", { text: `the registry, citing ${cited.length} document${cited.length > 1 ? "s" : ""}` }), make("ul", {}, ...cited)) : make("span.note", { text: "the registry, citing nothing" });
    return make("div", {}, make("bdi", { text: Span.period(...node.active) }), entry);
  }

  /** Return statements under their heading, nothing where there are none. */
  function said(numbers, besides = []) {
    const all = [...numbers, ...besides];
    const query = all.length ? [Question.fold(Question.ofLines(all))] : [];
    return numbers.length ? [make("h3.part", { text: "What is said" }), ...query, ...Quote.sections(numbers)] : query;
  }

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
        ["Date", Span.day(node.date)],
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
      make("h3.part", { text: "What is said" }),
      Question.fold(Question.ofEvent(node.id)),
      ...Quote.sections(node.statements),
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
    const here = Record.touching.get(node.id).filter((edge) => Record.nodes.get(edge.from).kind === "event").map((edge) => Record.nodes.get(edge.from));
    const events = here.filter((one) => Filter.happens(one)).sort((a, b) => ((a.earliest || "~") < (b.earliest || "~") ? -1 : 1));
    return [
      head("Place", node.label),
      facts([
        ["Also", node.aliases?.length ? aliases(node.aliases) : null],
        ["On the map", !node.at ? "not located" : !node.exact && "about here: the middle of the area, or of what it lies in"],
        ["Events", events.length ? `${events.length}${here.length > events.length ? ` of ${here.length}` : ""}` : "none in this selection"],
      ]),
      events.length ? happened(events) : null,
      ...ties(node.id).filter((fold) => !fold.classList.contains("of-other") || !events.length),
      ...said(events.flatMap((one) => one.statements).concat(drawn(node.id).flatMap(([, one]) => one.statements))),
    ];
  }

  /** Return events as a table: when, what, by which tactic, with which toll, how sure. */
  function happened(events) {
    const row = (one) => make("tr", {}, make("td", { text: Span.day(one.date) || "undated" }),
      make("td", {}, onward(one.id, one.type), make("span.note", {}, make("bdi", { text: (one.tactic || []).join(", ") }))),
      make("td", { text: one.killed ? `${one.killed} killed` : "" }), make("td", {}, status(one.status)));
    return make("table.events", {}, make("tbody", {}, ...events.slice(0, 200).map(row)));
  }

  function report(node) {
    const { outlet, title, published, url } = Record.report(node.id);
    return [head("Report", title || node.label), facts([["Outlet", outlet || "not named"], ["Date", Span.day(published)], ["Address", url && Quote.link(url, url)]]), ...ties(node.id), ...said(node.statements)];
  }

  /** Return the page of a group of nodes that are not drawn one by one. */
  function group(one) {
    const some = Record.ranked.filter((node) => one.members.includes(node.id)).slice(0, 40);
    return [
      head("Group", one.label),
      make("p.hint", { text: `Gathered, because more than ${Gather.MOST.toLocaleString("en")} nodes are too many to draw one by one.` }),
      make("p.actions", {}, button("button.small", "Draw them one by one", () => Explorer.ungroup(one.id))),
      make("h3.part", { text: some.length < one.members.length ? "The most connected" : "Members" }),
      make("ul.happenings", {}, ...some.map((node) => make("li", {}, onward(node.id, node.label)))),
    ];
  }

  function line(edge) {
    const shown = Picture.shown().edges.get(edge.id) || edge.parts;
    const title = make("h2", {}, onward(edge.from, name(edge.from)), make("span.between", { text: [...new Set(shown.map(Record.partWords))].join(", ") }), onward(edge.to, name(edge.to)));
    const top = head(Record.groups[edge.group].label, "");
    top.querySelector("h2").replaceWith(title);
    return [top, Question.fold(Question.ofLines(shown.flatMap((one) => one.statements))), ...shown.flatMap(part)];
  }

  function part(one) {
    const events = one.happenings || [];
    return [
      make("h3.part", {}, Record.partWords(one), " ", status(one.status)),
      facts([
        ["When", Span.period(one.begin || one.earliest, one.end || one.latest)],
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
    const pages = { actor, event, place, report };
    let content = Guide.content();
    if (chosen && chosen.kind === "node") content = pages[Record.nodes.get(chosen.id).kind](Record.nodes.get(chosen.id));
    else if (chosen && chosen.kind === "group") content = group(Gather.group(chosen.id));
    else if (chosen) content = line(Record.edges.get(chosen.id));
    const top = chosen && before === chosen.id ? panel.scrollTop : 0;
    before = chosen?.id;
    panel.replaceChildren(...content.filter(Boolean));
    panel.scrollTop = top;
    document.body.classList.toggle("has-choice", Boolean(chosen));
    document.body.classList.remove("guide-open");
  }

  /** Show the guide and go there; a narrow window has no room for it else. */
  function guide() {
    Picture.select(null);
    document.body.classList.add("guide-open");
    panel.focus();
  }

  return { show, guide };
})();
