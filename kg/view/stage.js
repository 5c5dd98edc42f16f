"use strict";

/** Which of the views fills the stage: network, map, both side by side, or lineage. */
const Stage = (() => {
  const VIEWS = { network: "Network", map: "Map", both: "Network and map", lineage: "Lineage" };
  const panes = { network: ["stage"], map: ["map"], both: ["stage", "map"], lineage: ["lineage"] };
  const bar = document.getElementById("views");
  const listeners = [];
  let view = "network";
  let fitted = false;

  /** Return whether a pane is in view. */
  const has = (pane) => panes[view].includes(pane);

  /** Show a view. */
  function show(name) {
    const before = view;
    view = name;
    document.body.dataset.view = name;
    for (const button of bar.children) {
      button.setAttribute("aria-selected", String(button.dataset.view === name));
      button.tabIndex = button.dataset.view === name ? 0 : -1;
    }
    for (const pane of ["stage", "map", "lineage"]) document.getElementById(pane).hidden = !has(pane);
    if (has("map")) {
      Atlas.refresh();
      if (!fitted || before !== view) Atlas.fit();
      fitted = true;
    }
    if (has("lineage")) Lineage.choose();
    if (has("stage") && before !== view) requestAnimationFrame(() => { Picture.network.redraw(); if (panes[before].length !== panes[view].length || !panes[before].includes("stage")) Picture.fit(false); });
    listeners.forEach((act) => act());
  }

  function build() {
    for (const [name, label] of Object.entries(VIEWS)) {
      if (name !== "network" && name !== "lineage" && !Atlas.located) continue;
      const tab = Dom.button("button.view", label, () => show(name), { role: "tab", "data-view": name });
      bar.append(tab);
    }
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const tabs = [...bar.children];
      const next = tabs[(tabs.findIndex((tab) => tab.dataset.view === view) + step + tabs.length) % tabs.length];
      show(next.dataset.view);
      next.focus();
    });
    show("network");
  }

  /** The part that a key moves: the lineage, the map where the reader is on it, else the network. */
  const moved = () => (view === "lineage" ? Lineage : view === "map" || (view === "both" && document.activeElement === document.getElementById("map")) ? Atlas : Picture);

  return { build, show, has, moved, view: () => view, changed: (act) => listeners.push(act) };
})();
