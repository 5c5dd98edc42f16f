"use strict";

/** Finds nodes by name and alias, whatever the accents, and opens the one picked. */
const Search = (() => {
  const { make } = Dom;
  const input = document.getElementById("search");
  const list = document.getElementById("found");
  const MOST = 12;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[’‘ʼ`]/g, "'").toLowerCase();
  const index = Record.ranked.map((node) => ({ node, names: [node.label, ...(node.aliases || [])].map((name) => [name, fold(name)]) }));
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

  function find(text) {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    return index.map(({ node, names }) => ({ node, hit: match(names, wanted) })).filter(({ hit }) => hit)
      .sort((a, b) => a.hit.grade - b.hit.grade).slice(0, MOST);
  }

  function show() {
    list.replaceChildren(...found.map(({ node, hit }, number) => {
      const option = make("li", { role: "option", id: `found-${number}`, "aria-selected": String(number === at) }, make("bdi", { text: node.label }));
      if (hit.name !== node.label) option.append(make("bdi.alias", { text: hit.name }));
      option.append(make("span.note", { text: node.kind === "actor" ? "" : node.kind }));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); pick(number); });
      return option;
    }));
    if (!found.length && input.value.trim()) list.replaceChildren(make("li.none", { role: "option", "aria-disabled": "true", text: "Nothing of that name" }));
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
    input.value = found[number].node.label.slice(0, 200);
    Explorer.open(found[number].node.id);
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
