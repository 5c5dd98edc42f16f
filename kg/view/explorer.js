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
      const group = [...Picture.shown().groups.values()].find((one) => one.members.includes(id));
      if (group) return inGroup(id);
      Filter.reveal(id);
      Picture.select(id);
      Picture.go(id);
    } else if (Record.edges.has(id)) {
      Filter.revealLine(id);
      Picture.select(id);
    }
    return undefined;
  }

  /** Open a node that is gathered in a group: with its surroundings, or the picture would not be one. */
  function inGroup(id) {
    if (Record.nodes.get(id).kind === "actor") focus(id, 1);
    Picture.select(id);
    Picture.go(id);
  }

  /** Draw only what lies within some hops of an actor; everything again for no hops. */
  function focus(id, hops) {
    Filter.put(hops ? { centre: id, hops } : { centre: "", hops: 1 });
    Picture.select(id);
    Picture.fit();
  }

  /** Draw the members of a group one by one. */
  function ungroup(id) {
    Gather.open(id);
    Picture.select(null);
    Picture.refresh();
    count();
    Picture.fit();
  }

  /** Say in words how much is shown. */
  function count() {
    const { nodes, edges, groups } = Picture.shown();
    const gathered = [...groups.values()].reduce((sum, one) => sum + one.members.length, 0);
    const centre = Filter.get("centre");
    by("shown").textContent = `${number(nodes.size)} of ${number(Record.nodes.size)} nodes, ${number(edges.size)} line${edges.size === 1 ? "" : "s"}${centre ? `, within ${Filter.get("hops")} hop${Filter.get("hops") > 1 ? "s" : ""} of ${Record.nodes.get(centre).label.slice(0, 40)}` : ""}`;
    by("gathered").textContent = gathered ? `${number(gathered)} nodes are gathered in ${groups.size} groups, more than can be drawn one by one. Choose a group to draw it; search, filter or focus to see less.` : "";
    by("gathered").hidden = !gathered;
    const none = Record.nodes.size ? "Everything is filtered out. Reset shows it again." : "Nothing to draw yet: no report here states a relation or an event. What was only denied or supposed is not drawn.";
    by("empty").textContent = none;
    by("empty").hidden = nodes.size > 0 || groups.size > 0;
    document.body.classList.toggle("is-empty", !Record.nodes.size);
  }

  function reset() {
    Timeline.stop();
    Gather.close();
    Filter.apply({ hidden: {}, set: {} });
    Picture.select(null);
    fit();
    Lineage.whole();
  }

  function fit() {
    if (Stage.has("stage")) Picture.fit();
    if (Stage.has("map")) Atlas.fit();
    if (Stage.has("lineage")) Lineage.fit();
  }

  /** Go to the next or the previous node, from the most connected on. */
  function step(by_) {
    const ids = Record.ranked.filter((node) => Picture.shown().nodes.has(node.id)).map((node) => node.id);
    if (!ids.length) return;
    walk = (walk + by_ + ids.length) % ids.length;
    open(ids[walk]);
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => { live.textContent = "The browser does not allow full screen here."; });
  }

  const views = ["network", "map", "both", "lineage"];
  const KEYS = {
    "+": () => Stage.moved().zoom(1.3), "=": () => Stage.moved().zoom(1.3), "-": () => Stage.moved().zoom(1 / 1.3),
    f: fit, r: reset, n: () => step(1), p: () => step(-1), u: () => Address.undo(), " ": () => Timeline.toggle(),
    "/": () => by("search").focus(), "?": () => by("help").showModal(),
    Escape: () => { filters(false); Picture.select(null); },
  };
  const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || by("help").open) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    const onCanvas = event.target === by("canvas") || event.target === by("map");
    if (event.key === " " && !onCanvas && event.target !== document.body) return;
    if (ARROWS[event.key] && onCanvas) Stage.moved().pan(...ARROWS[event.key]);
    else if (/^[1-4]$/.test(event.key)) by("views").querySelector(`[data-view=${views[event.key - 1]}]`)?.click();
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
    Atlas.choose(chosen);
    if (Stage.has("lineage")) Lineage.choose();
    const one = chosen && chosen.kind === "node" && Record.nodes.get(chosen.id);
    if (one) live.textContent = `${one.label.slice(0, 200)}, ${Record.degree(one.id)} ties`;
    if (chosen) filters(false);
    Address.note();
  }

  function buttons() {
    const press = {
      "zoom-in": () => Stage.moved().zoom(1.4), "zoom-out": () => Stage.moved().zoom(1 / 1.4), fit, reset,
      undo: () => Address.undo(), paper: () => Theme.toggle(), full: fullScreen, "keep-png": () => Keep.png(), "keep-svg": () => Keep.svg(),
      print: () => window.print(), guide: () => Detail.guide(), keys: () => by("help").showModal(),
      "open-filters": () => filters(!document.body.classList.contains("filters-open")),
    };
    for (const [id, act] of Object.entries(press)) by(id).addEventListener("click", act);
    by("link").addEventListener("click", (event) => { Address.settle(); Question.copy(location.href, event.currentTarget); });
    by("undo").disabled = true;
    Address.changed(() => { by("undo").disabled = !Address.depth(); });
  }

  document.addEventListener("keydown", key);
  buttons();
  Picture.changed(changed);
  Filter.changed(count);
  Filter.changed(() => { Detail.show(Picture.chosen()); Address.note(); });
  Stage.changed(() => Address.note());
  Theme.changed(() => Detail.show(Picture.chosen()));

  Timeline.build(); // before the picture: it takes room from it
  Stage.build();
  Picture.start();
  Control.build();
  Detail.show(null);
  count();
  Address.start();

  return { open, focus, ungroup };
})();
