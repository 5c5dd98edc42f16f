"use strict";

/** Finds nodes by name and alias in any script, and quotes by their words, whatever the accents; opens the one picked. */
const Search = (() => {
  const { make } = Dom;
  const input = document.getElementById("search");
  const list = document.getElementById("found");
  const MOST = 12;
  const QUOTES = 6;
  const SHORTEST = 3; // letters from which quotes are searched
  /** Fold case, accents, Arabic vowel signs and letter forms, and apostrophes. */
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\u0640]+/gu, "").replace(/[’‘ʼ`]/g, "'").replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").toLowerCase();
  const index = Record.ranked.map((node) => ({ node, names: [node.label, ...(node.aliases || [])].map((name) => [name, fold(name)]) }));
  let quoted = null; // made when first wanted: [folded quote, number, where it leads]
  let found = [];
  let at = -1;

  /** Return the best match of a node's names: 0 exact, 1 at the start, 2 at a word's start, 3 within; null none. */
  function match(names, wanted) {
    let best = null;
    for (const [name, folded] of names) {
      const place = folded.indexOf(wanted);
      if (place < 0) continue;
      const grade = folded === wanted ? 0 : place === 0 ? 1 : /[\s-]/.test(folded[place - 1]) ? 2 : 3;
      if (!best || grade < best.grade) best = { grade, name };
    }
    return best;
  }

  /** Return each quote once, with a node or line that it stands behind. */
  function quotes() {
    const leads = new Map();
    for (const edge of Record.edges.values()) for (const part of edge.parts) for (const number of part.statements) if (!leads.has(number)) leads.set(number, edge.id);
    for (const node of Record.nodes.values()) if (node.kind !== "report") for (const number of node.statements) leads.set(number, node.id);
    const seen = new Map();
    Record.said.forEach((one, number) => { if (one.quote && leads.has(number) && !seen.has(one.quote)) seen.set(one.quote, { folded: fold(one.quote), text: one.quote, one, id: leads.get(number) }); });
    return [...seen.values()];
  }

  /** Return the words around a match. */
  function excerpt(text, folded, wanted) {
    const place = folded.length === text.length ? folded.indexOf(wanted) : 0;
    const start = Math.max(0, place - 36);
    return `${start ? "…" : ""}${text.slice(start, place + wanted.length + 60)}${place + wanted.length + 60 < text.length ? "…" : ""}`;
  }

  function find(text) {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    const named = index.map(({ node, names }) => ({ node, id: node.id, hit: match(names, wanted) })).filter(({ hit }) => hit)
      .sort((a, b) => a.hit.grade - b.hit.grade).slice(0, MOST);
    if (wanted.length < SHORTEST) return named;
    quoted ??= quotes();
    const said = quoted.filter(({ folded }) => folded.includes(wanted)).slice(0, named.length > MOST - QUOTES ? QUOTES : MOST - named.length);
    return [...named, ...said.map(({ folded, text: whole, one, id }) => ({ id, quote: excerpt(whole, folded, wanted), by: one.speaker_label }))];
  }

  function option({ node, hit, quote, by }, number) {
    const row = make("li", { role: "option", id: `found-${number}`, "aria-selected": String(number === at) });
    if (quote) row.append(make("bdi.quoted", { text: `“${quote}”` }), make("span.note", { text: "quote" }));
    else row.append(make("bdi", { text: node.label }));
    if (quote && by) row.title = by.slice(0, 200);
    if (!quote && hit.name !== node.label) row.append(make("bdi.alias", { text: hit.name }));
    if (!quote && node.kind === "event") row.append(make("bdi.alias", { text: Record.parties(node) }));
    if (!quote) row.append(make("span.note", { text: node.kind === "actor" ? "" : node.kind }));
    row.addEventListener("mousedown", (event) => { event.preventDefault(); pick(number); });
    return row;
  }

  function show() {
    list.replaceChildren(...found.map(option));
    if (!found.length && input.value.trim()) list.replaceChildren(make("li.none", { role: "option", "aria-disabled": "true", text: "No name, place or quote has this" }));
    const open = Boolean(input.value.trim());
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (at >= 0) input.setAttribute("aria-activedescendant", `found-${at}`);
    else input.removeAttribute("aria-activedescendant");
    if (at >= 0) list.children[at].scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function pick(number) {
    if (!found[number]) return;
    close();
    if (found[number].node) input.value = found[number].node.label.slice(0, 200);
    Explorer.open(found[number].id);
  }

  input.addEventListener("input", () => { found = find(input.value); at = found.length ? 0 : -1; show(); });
  input.addEventListener("blur", close);
  input.addEventListener("focus", () => { if (input.value) input.select(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      show();
    } else if (event.key === "Enter") pick(Math.max(at, 0));
    else if (event.key === "Escape") { event.stopPropagation(); input.value = ""; close(); input.blur(); }
  });

  return { find };
})();
