"use strict";

/** The strip of time: a histogram with two handles, play, a single day to look at, and a switch for the undated. */
const Timeline = (() => {
  const { make, button } = Dom;
  const strip = document.getElementById("time");
  const { first, last } = Histogram;
  const FRAMES = 80;
  const PACE = 140;
  let ticking = 0;
  let parts = {};

  const bound = (name, label) => make("input", { type: "range", min: String(first), max: String(last), step: "1", "aria-label": label, id: name });
  const clamp = (days) => Math.min(last, Math.max(first, days));
  const begin = () => (Filter.get("from") ? clamp(Span.number(Filter.get("from"))) : first);
  const end = () => (Filter.get("to") ? clamp(Span.number(Filter.get("to"), true)) : last);
  const day = () => clamp(Span.number(Filter.get("day")) ?? last);

  /** Let through what falls between two days; at the ends of the axis the period is open. */
  const between = (from, to) => Filter.put({ from: from <= first ? "" : Span.iso(from), to: to >= last ? "" : Span.iso(to), day: "" });

  function build() {
    if (!Histogram.dated) {
      strip.hidden = true;
      return;
    }
    const from = bound("time-from", "From");
    const to = bound("time-to", "To");
    const at = bound("time-day", "Day");
    const play = button("button.play", "▶", () => (ticking ? stop() : start()), { "aria-label": "Play", title: "Play through time (Space on the network)" });
    const date = make("input", { type: "date", "aria-label": "Day to look at", id: "time-date", min: Span.iso(first), max: Span.iso(last) });
    const asOf = make("input", { type: "checkbox", id: "as-of" });
    const undated = make("input", { type: "checkbox", id: "undated" });
    const said = make("output", { id: "time-said", for: "time-from time-to" });
    const chart = make("div.chart");
    const axis = make("div.axis", { "aria-hidden": "true" });
    from.addEventListener("input", () => between(Math.min(Number(from.value), end()), end()));
    to.addEventListener("input", () => between(begin(), Math.max(Number(to.value), begin())));
    at.addEventListener("input", () => Filter.put({ day: Span.iso(Number(at.value)) }));
    date.addEventListener("change", () => { if (/^\d{4}-\d\d-\d\d$/.test(date.value)) Filter.put({ day: date.value }); });
    asOf.addEventListener("change", () => { stop(); Filter.put(asOf.checked ? { day: Span.iso(end()) } : { day: "" }); });
    undated.addEventListener("change", () => Filter.put({ undated: undated.checked }));
    const all = button("button.small.whole", "All", () => { stop(); Filter.put({ from: "", to: "", day: "" }); }, { title: "The whole of time" });
    parts = { from, to, at, play, date, asOf, undated, said, chart, axis, all };
    strip.replaceChildren(
      make("div.when", {}, play, said, all),
      make("div.slider", { role: "group", "aria-label": "Period" }, chart, from, to, at, axis),
      make("div.switches", {},
        make("label", { title: "Show what held on one day: who was under whom then" }, asOf, make("span", { text: "As of" }), date),
        make("label", { title: "Whether to show what has no date" }, undated, make("span", { text: `Undated (${Histogram.undated.toLocaleString("en")})` }))));
    show();
  }

  /** Return the bars, those inside the period in full colour. */
  function bars() {
    const counts = Histogram.counts();
    const most = Math.max(1, ...counts.map(([all]) => all));
    const [low, high] = Filter.get("day") ? [day(), day()] : [begin(), end()];
    const wide = 100 / counts.length;
    const shapes = counts.flatMap(([all, through], bin) => {
      const from = first + bin * Histogram.step;
      const inside = from + Histogram.step > low && from <= high;
      const bar = (count, name) => ["rect", { x: bin * wide + wide * 0.08, width: wide * 0.84, y: 32 - (30 * Math.sqrt(count / most)), height: 30 * Math.sqrt(count / most) + 0.01, class: name }];
      return all ? [bar(all, "bar-all"), bar(through, inside ? "bar-in" : "bar-out")] : [];
    });
    const svg = Dom.drawing(100, 32, shapes);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("class", "bars");
    return svg;
  }

  /** Show what the filter holds. */
  function show() {
    if (!parts.from) return;
    const single = Boolean(Filter.get("day"));
    parts.from.value = String(begin());
    parts.to.value = String(end());
    parts.at.value = String(day());
    for (const [input, on] of [[parts.from, !single], [parts.to, !single], [parts.at, single]]) input.hidden = !on;
    parts.date.value = single ? Filter.get("day") : "";
    parts.date.hidden = !single;
    parts.asOf.checked = single;
    parts.undated.checked = Filter.get("undated");
    for (const [input, value] of [[parts.from, begin()], [parts.to, end()], [parts.at, day()]]) input.setAttribute("aria-valuetext", Span.day(Span.iso(value)));
    const whole = !single && !Filter.get("from") && !Filter.get("to");
    parts.all.disabled = whole;
    parts.said.textContent = single ? `On ${Span.day(Filter.get("day"))}` : `${Span.day(Span.iso(begin()))} – ${Span.day(Span.iso(end()))}`;
    parts.chart.replaceChildren(bars());
    parts.axis.replaceChildren(...Histogram.years(parts.chart.clientWidth || 600).map(([year, share]) => {
      const mark = make("span", { text: String(year) });
      mark.style.left = `${share * 100}%`;
      return mark;
    }));
  }

  function stop() {
    clearInterval(ticking);
    ticking = 0;
    if (parts.play) {
      parts.play.textContent = "▶";
      parts.play.setAttribute("aria-label", "Play");
    }
  }

  /** Move through time: a single day goes on, a period that is the whole grows from its start, another slides. */
  function start() {
    const stride = Math.max(1, Math.round((last - first) / FRAMES));
    const whole = begin() === first && end() === last;
    const length = end() - begin();
    if (Filter.get("day") && day() >= last) Filter.put({ day: Span.iso(first) });
    if (!Filter.get("day")) between(first, whole ? first + stride : first + length);
    const tick = () => {
      if (Filter.get("day")) {
        if (day() >= last) return stop();
        return Filter.put({ day: Span.iso(clamp(day() + stride)) });
      }
      if (end() >= last) return stop();
      return between(whole ? first : clamp(begin() + stride), clamp(end() + stride));
    };
    parts.play.textContent = "❚❚";
    parts.play.setAttribute("aria-label", "Pause");
    ticking = setInterval(tick, PACE);
  }

  Filter.changed(show);
  Theme.changed(show);
  window.addEventListener("resize", show);

  return { build, stop, toggle: () => (ticking ? stop() : Histogram.dated && start()), playing: () => Boolean(ticking) };
})();
