"use strict";

/** How a line is broken where what it stands for is not sure: the one table of the page, from its data. */
const Dash = (() => {
  /** Return the lengths of strokes and gaps in pixels, drawn smaller by a factor; none for an unbroken line. */
  const lengths = (name, factor = 1) => (Record.dashes[name] || []).map((length) => length * factor);

  /** Return the same as a shape of a drawing takes it: "9 6", "" for an unbroken line. */
  const text = (name, factor = 1) => lengths(name, factor).join(" ");

  /** Return the same as vis-network takes it. */
  const line = (name) => (Record.dashes[name]?.length ? Record.dashes[name] : false);

  return { lengths, text, line };
})();
