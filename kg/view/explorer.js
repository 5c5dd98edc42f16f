"use strict";

/** Ties the parts together: buttons, keys, what is announced, and the start. */
const Explorer = (() => {
  const by = (id) => document.getElementById(id);
  const live = by("live");
  const STEP = 60;
  const number = (count) => count.toLocaleString("en");
  let walk = -1;

  /** Open a node or a line: shown whatever is filtered, brought to the middle, its details in the panel. */
  function open(id) {
    if (Record.nodes.has(id)) {
      Filter.reveal(id);
      Picture.select(id);
      Picture.go(id);
    } else if (Record.edges.has(id)) {
      Filter.revealLine(id);
      Picture.select(id);
    }
  }

  /** Say in words how much is shown. */
  function count() {
    const { nodes, edges } = Picture.shown();
    by("shown").textContent = `${number(nodes.size)} of ${number(Record.nodes.size)} nodes, ${number(edges.size)} line${edges.size === 1 ? "" : "s"}`;
    const none = Record.nodes.size ? "Everything is filtered out. Reset shows it again." : "Nothing to draw yet: no report here states a relation or an event. What was only denied or supposed is not drawn.";
    by("empty").textContent = none;
    by("empty").hidden = nodes.size > 0;
    document.body.classList.toggle("is-empty", !Record.nodes.size);
  }

  function reset() {
    Filter.restore();
    Control.build();
    Picture.select(null);
    Picture.refresh();
    count();
    Picture.fit();
  }

  /** Go to the next or the previous node, from the most connected on. */
  function step(by_) {
    const ids = Record.ranked.filter((node) => Picture.shown().nodes.has(node.id)).map((node) => node.id);
    if (!ids.length) return;
    walk = (walk + by_ + ids.length) % ids.length;
    open(ids[walk]);
  }

  const KEYS = {
    "+": () => Picture.zoom(1.3), "=": () => Picture.zoom(1.3), "-": () => Picture.zoom(1 / 1.3),
    f: () => Picture.fit(), r: reset, n: () => step(1), p: () => step(-1),
    "/": () => by("search").focus(), Escape: () => { filters(false); Picture.select(null); },
  };
  const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    if (ARROWS[event.key] && event.target === by("canvas")) Picture.pan(...ARROWS[event.key]);
    else if (KEYS[event.key]) KEYS[event.key]();
    else return;
    event.preventDefault();
  }

  /** Open or close the legend where the window is too narrow to keep it in view. */
  function filters(on) {
    document.body.classList.toggle("filters-open", on);
    by("open-filters").setAttribute("aria-expanded", String(on));
  }

  function changed(chosen) {
    Detail.show(chosen);
    const one = chosen && chosen.kind === "node" && Record.nodes.get(chosen.id);
    if (one) live.textContent = `${one.label.slice(0, 200)}, ${Record.degree(one.id)} ties`;
    if (chosen) filters(false);
  }

  document.addEventListener("keydown", key);
  by("open-filters").addEventListener("click", () => filters(!document.body.classList.contains("filters-open")));
  by("zoom-in").addEventListener("click", () => Picture.zoom(1.4));
  by("zoom-out").addEventListener("click", () => Picture.zoom(1 / 1.4));
  by("fit").addEventListener("click", () => Picture.fit());
  by("reset").addEventListener("click", reset);
  Picture.changed(changed);
  Filter.changed(count);
  Filter.changed(() => Detail.show(Picture.chosen()));
  Theme.changed(() => Detail.show(Picture.chosen()));

  Control.build();
  Picture.refresh();
  Detail.show(null);
  count();
  Picture.fit(false);

  return { open };
})();
