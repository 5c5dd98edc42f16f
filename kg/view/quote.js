"use strict";

/** What someone says, in their words: the quote with its cue marked, who says it, how surely, where to read it. */
const Quote = (() => {
  const { make } = Dom;
  const STANCE = { asserts: "Says so", claims: "Claims", hedges: "Says so with reserve", denies: "Denies", supposes: "Supposes" };

  /** Return the quote as text, its cue marked where it stands in it. */
  function words(one) {
    const quote = make("blockquote", { dir: "auto" });
    const text = one.quote || "";
    const at = one.cue ? text.toLowerCase().indexOf(one.cue.toLowerCase()) : -1;
    if (at < 0 || text.toLowerCase().length !== text.length) quote.append(text);
    else quote.append(text.slice(0, at), make("mark", { text: text.slice(at, at + one.cue.length) }), text.slice(at + one.cue.length));
    if (one.before) quote.prepend(make("span.context", { text: `${one.before} ` }));
    if (one.after) quote.append(make("span.context", { text: ` ${one.after}` }));
    return quote;
  }

  /** Return a link for an address of the web, and plain text for any other. */
  function link(url, text) {
    if (!/^https?:\/\/[^\s/]/i.test(url || "")) return make("bdi", { text: url && url !== text ? `${text} (${url})` : text });
    return make("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, make("bdi", { text }));
  }

  /** Return outlet, date and title of the report, linked where it has an address. */
  function source(one) {
    if (!one.report) return make("p.source", { text: "From the registry" });
    const report = Record.report(one.report);
    const outlet = report.outlet || "Unnamed outlet";
    const line = make("p.source", {}, link(report.url, outlet));
    if (report.published) line.append(", ", make("time", { datetime: report.published, text: Span.day(report.published) }));
    if (report.title) line.append(make("bdi.title", { text: report.title }));
    return line;
  }

  /** Return who says it, and through whom. */
  function speaker(one) {
    const line = make("p.speaker", {}, make("bdi", { text: one.speaker_label || "Unnamed speaker" }));
    for (const [word, names] of [["via", one.via], ["on", one.channel]])
      if (names) line.append(make("span", {}, `, ${word} `, make("bdi", { text: names.join(", ") })));
    line.append(make("span.pill", { text: one.certainty, "data-stance": one.stance }));
    return line;
  }

  /** Return what is said, as "perpetrator: X" or "X pledged to Y". */
  function content(one) {
    if (one.relation === "type") return `kind: ${one.object_label.toLowerCase()}`;
    if (one.relation === "assessment") return `“${one.object_label}”`;
    if (one.ofEvent) return `${Record.role(one.relation)}: ${one.object_label}`;
    return `${one.subject_label} ${Record.words(one.relation)} ${one.object_label}`;
  }

  /** Return this account's own circumstances, where it gives any. */
  function circumstances(one) {
    const facts = [
      (one.place || []).join(", "),
      (one.tactic || []).join(", "),
      Span.day(one.date) || Span.period(one.valid_from, one.valid_to),
      one.killed && `killed ${one.killed}`,
      one.wounded && `wounded ${one.wounded}`,
      one.missing && `missing ${one.missing}`,
      one.outcome,
    ].filter(Boolean);
    return facts.length ? make("p.circumstances", {}, make("bdi", { text: facts.join(" · ") })) : null;
  }

  /** Return one statement as a card. */
  function card(one) {
    const kindFirst = [...one.says].sort((a, b) => Number(b.relation === "type") - Number(a.relation === "type"));
    const said = [...new Set(kindFirst.map(content))];
    const list = make("ul.said", {}, ...said.map((text) => make("li", {}, make("bdi", { text }))));
    return make("article.quote", { "data-stance": one.stance }, speaker(one), one.quote ? words(one) : null, list, circumstances(one), source(one),
      Dom.button("button.small.cite", "Copy citation", (event) => Question.copy(Question.citation(one), event.currentTarget)));
  }

  const AT_ONCE = 25;

  /** Add cards to a section, some at a time: a line may have thousands of statements behind it. */
  function fill(section, cards) {
    section.append(...cards.slice(0, AT_ONCE).map(card));
    const rest = cards.slice(AT_ONCE);
    if (!rest.length) return;
    const more = Dom.button("button.more", `Show more (${rest.length})`, () => {
      more.remove();
      fill(section, rest);
    });
    section.append(more);
  }

  /** Return statements as sections, one for each stance, so that rival accounts stand against each other. */
  function sections(numbers) {
    return Record.byStance(Record.statements(numbers)).map(([stance, found]) => {
      const section = make("section.stance", { "data-stance": stance }, make("h3", {}, STANCE[stance], make("span.count", { text: String(found.length) })));
      fill(section, found);
      return section;
    });
  }

  return { sections, link };
})();
