"use strict";

/**
 * Makes elements. Text is set as text: nothing that comes from a report is ever parsed as markup.
 * Not named Element: a constant of that name would hide the browser's own from vis-network.
 */
const Dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /**
   * Return a new element.
   * @param {string} tag name, with classes after dots: "p.note"
   * @param {Object<string, string>} attributes `text` is the text content
   * @param {...(Node|string|null)} children
   */
  function make(tag, attributes = {}, ...children) {
    const [name, ...classes] = tag.split(".");
    const element = document.createElement(name);
    if (classes.length) element.className = classes.join(" ");
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "text") element.textContent = value;
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  /** Return a button that calls `act` when pressed. */
  function button(tag, text, act, attributes = {}) {
    const element = make(tag, { type: "button", ...attributes });
    element.append(make("bdi", { text }));
    element.addEventListener("click", act);
    return element;
  }

  /** Return a new shape of a drawing. */
  function shape(name, attributes) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  }

  /** Return a small drawing, from shapes given as [name, attributes]. */
  function drawing(width, height, shapes) {
    const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    svg.append(...shapes.map(([name, attributes]) => shape(name, attributes)));
    return svg;
  }

  const OUTLINES = {
    square: "3,3 13,3 13,13 3,13",
    diamond: "8,1.5 14.5,8 8,14.5 1.5,8",
    triangle: "8,2 14,13 2,13",
    triangleDown: "8,14 2,3 14,3",
    hexagon: "4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8",
    star: "8,1 10,6 15,6 11,9.3 12.6,14.5 8,11.4 3.4,14.5 5,9.3 1,6 6,6",
  };

  /** Return the drawing of a node's shape. */
  function symbol(shape, fill, border, thickness = 1.5, dashes = "") {
    const paint = { fill, stroke: border, "stroke-width": thickness, "stroke-linejoin": "round", "stroke-dasharray": dashes };
    if (OUTLINES[shape]) return drawing(16, 16, [["polygon", { points: OUTLINES[shape], ...paint }]]);
    return drawing(16, 16, [["circle", { cx: 8, cy: 8, r: 6, ...paint }]]);
  }

  /** Return the drawing of a line. */
  function stroke(colour, dashes = "", thickness = 2) {
    const paint = { x1: 1, y1: 8, x2: 27, y2: 8, stroke: colour, "stroke-width": thickness };
    return drawing(28, 16, [["line", { ...paint, "stroke-dasharray": dashes }]]);
  }

  return { make, button, shape, drawing, symbol, stroke, OUTLINES };
})();
