"use strict";

/** How much falls in each stretch of time: events and dated relations, all of them and those let through. */
const Histogram = (() => {
  const STEPS = [1, 7, 30.44, 91.31, 365.25, 3652.5];
  const MOST = 120;
  const own = [...Record.edges.values()].flatMap((edge) => edge.parts.filter((part) => !part.derived && part.relation !== "tells").map((part) => [edge, part]));
  const isEvent = (id) => Record.nodes.get(id).kind === "event";
  /** What stands on the axis of time: events, and relations that are not parts in one. */
  const things = [
    ...[...Record.nodes.values()].filter((node) => node.kind === "event").map((node) => ({ at: Span.number(node.earliest || node.latest), through: () => Filter.happens(node, true) })),
    ...own.filter(([edge]) => !isEvent(edge.from) && !isEvent(edge.to)).map(([, part]) => ({ at: Span.number((Span.of(part)[0] || [])[0]), ends: Span.number((Span.of(part)[0] || [])[1], true), through: () => Filter.passes(part, true) })),
  ];
  const dated = things.filter((one) => one.at !== null);
  const [first, last] = dated.reduce(([least, most], { at, ends }) => [Math.min(least, at), Math.max(most, at, ends ?? at)], [Infinity, -Infinity]);
  const step = STEPS.find((size) => (last - first) / size <= MOST) || STEPS[STEPS.length - 1];
  const bins = dated.length ? Math.floor((last - first) / step) + 1 : 0;

  /** Return [all, let through] for each stretch. */
  function counts() {
    const found = Array.from({ length: bins }, () => [0, 0]);
    for (const one of dated) {
      const bin = found[Math.floor((one.at - first) / step)];
      bin[0] += 1;
      if (one.through()) bin[1] += 1;
    }
    return found;
  }

  /** Return years to print below, as many as there is room for. */
  function years(width) {
    const [from, to] = [first, last].map((days) => Number(Span.iso(days).slice(0, 4)));
    const every = Math.max(1, Math.ceil((to - from + 1) / Math.max(1, Math.floor(width / 52))));
    const found = [];
    for (let year = from; year <= to; year += every) found.push([year, Math.max(0, (Span.number(String(year)) - first) / Math.max(1, last - first))]);
    return found;
  }

  return { first, last, bins, step, counts, years, dated: dated.length, undated: things.length - dated.length };
})();
