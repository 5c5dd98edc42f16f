"use strict";

/** What a circle of the map stands for, in few words: how many events, how sure, by which tactics, with which toll. */
const Caption = (() => {
  const { make } = Dom;
  const MOST = 3; // tactics named
  const AWAY = 14; // pixels between the pointer and the words
  const holder = document.getElementById("map");
  const box = make("div", { id: "map-caption", role: "status", hidden: "" });

  /** Return how often each value stands in some lists, the most frequent first. */
  function counted(lists) {
    const found = new Map();
    for (const value of lists.flat()) found.set(value, (found.get(value) || 0) + 1);
    return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  /** Return how many were killed at least in an event, as its toll is printed: "7", "7-12", "7 or more", "up to 7". */
  const least = (event) => Number.parseInt(event.killed || "0", 10) || 0;

  /** Return how many were killed at least in some events. */
  const killed = (events) => events.reduce((sum, event) => sum + least(event), 0);

  /** Return the lines that describe some events. */
  function lines(events) {
    const named = (pairs) => pairs.map(([value, count]) => `${value}${events.length > 1 ? ` ${count.toLocaleString("en")}` : ""}`);
    const tactics = counted(events.map((event) => event.tactic || []));
    const more = tactics.length > MOST ? [`${tactics.length - MOST} more`] : [];
    const certain = counted(events.map((event) => Record.certainties(event)));
    const toll = killed(events);
    const exact = events.every((event) => !event.killed || /^\d+$/.test(event.killed));
    return [
      [events.length === 1 ? "1 event" : `${events.length.toLocaleString("en")} events`, named(counted(events.map((event) => [event.status || "none accepted"]))).join(", ")],
      tactics.length ? ["Tactic", [...named(tactics.slice(0, MOST)), ...more].join(", ")] : null,
      toll ? ["Killed", `${toll.toLocaleString("en")}${exact ? "" : " or more"}, as far as reports say`] : null,
      certain.length ? ["Told as", certain.map(([value]) => value).join(", ")] : null,
    ].filter(Boolean);
  }

  /** Show what stands at a place beside a point of the map. */
  function show({ place, through }, x, y) {
    box.replaceChildren(
      make("strong", {}, make("bdi", { text: place.label })),
      ...lines(through).map(([name, text]) => make("p", {}, make("span.note", { text: name }), " ", make("bdi", { text }))),
    );
    box.hidden = false;
    const left = x + AWAY + box.offsetWidth > holder.clientWidth ? x - AWAY - box.offsetWidth : x + AWAY;
    box.style.left = `${Math.max(4, left)}px`;
    box.style.top = `${Math.max(4, Math.min(y + AWAY, holder.clientHeight - box.offsetHeight - 4))}px`;
  }

  const hide = () => { box.hidden = true; };

  holder.append(box);
  return { show, hide, killed };
})();
