"use strict";

/**
 * Names on the canvas at one size at every zoom, placed like those of a map: the most connected first,
 * each where it covers neither a name nor a node, the rest left out until there is room.
 */
const Label = (() => {
  const SIZE = { actor: 12.5, event: 11, place: 11, report: 11, group: 12.5 };
  const MOST = 260;
  const MANY = 60;
  const ALWAYS = 12; // among many nodes the most connected are named even where that covers lesser ones
  const SHARE = 60000; // square pixels for each of those
  const LONGEST = 30;
  const CELL = 64;
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const texts = new Map();

  const shorten = (text) => {
    const clean = [...text.slice(0, 400).replace(/[\u202a-\u202e\u2066-\u2069\ufeff]|\s+/g, " ").trim()];
    return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1).join("").trimEnd()}…` : clean.join("");
  };

  const measuring = document.createElement("canvas").getContext("2d");

  /** Return how many pixels wide a text is. */
  function wide(words, { size, weight = 400 }) {
    measuring.font = `${weight} ${size}px ${FONT}`;
    return measuring.measureText(words).width;
  }

  /** Return a text, cut so that it is no wider than so many pixels. */
  function fitting(whole, face, room) {
    if (wide(whole, face) <= room) return whole;
    const letters = [...whole.slice(0, 400).replace(/…$/, "")];
    while (letters.length && wide(`${letters.join("")}…`, face) > room) letters.pop();
    return `${letters.join("").trimEnd()}…`;
  }

  /** Return what to print for a node and how wide it is. */
  function text(context, node, strong) {
    const font = `${strong ? 600 : node.kind === "actor" ? 500 : 400} ${SIZE[node.kind]}px ${FONT}`;
    const key = `${font}|${node.id}`;
    if (!texts.has(key)) {
      context.font = font;
      const shown = shorten(node.label);
      texts.set(key, { font, shown, width: context.measureText(shown).width });
    }
    return texts.get(key);
  }

  /** A set of boxes that tells whether another one overlaps any. */
  function boxes() {
    const cells = new Map();
    const around = function* (box) {
      for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1)
        for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) yield `${x},${y}`;
    };
    const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return {
      add(box) {
        for (const key of around(box)) {
          if (!cells.has(key)) cells.set(key, []);
          cells.get(key).push(box);
        }
      },
      free(box, own, bold) {
        for (const key of around(box))
          if ((cells.get(key) || []).some((other) => other.own !== own && !(bold && other.lesser) && meets(box, other))) return false;
        return true;
      },
    };
  }

  /** Yield the places for a name beside a node: below, above, right, left. */
  function* places(x, y, radius, width, height) {
    const gap = radius + 3;
    yield { left: x - width / 2, top: y + gap };
    yield { left: x - width / 2, top: y - gap - height };
    yield { left: x + gap, top: y - height / 2 };
    yield { left: x - gap - width, top: y - height / 2 };
  }

  /** Take the first place that is free, or nothing; `bold` may cover lesser nodes where there is no other. */
  function chosenPlace({ node, x, y, radius, strong }, { width }, taken, view, bold) {
    const height = SIZE[node.kind] + 2;
    for (const covering of bold ? [false, true] : [false]) {
      for (const { left, top } of places(x, y, radius, width, height)) {
        const box = { left: left - 3, right: left + width + 3, top: top - 1, bottom: top + height + 1, own: null };
        const inside = left >= 2 && top >= 2 && left + width <= view.width - 2 && top + height <= view.height - 2;
        if (!strong && (!inside || !taken.free(box, node.id, covering))) continue;
        taken.add(box);
        return { left, top };
      }
    }
    return null;
  }

  /**
   * Return the names of the nodes in view with their places.
   * @param {CanvasRenderingContext2D} context scaled to CSS pixels
   * @param {Array<{node: Object, x: number, y: number, radius: number, strong: boolean, faded: boolean}>} spots by rank
   * @param {{width: number, height: number}} view
   * @param {Array<Object>} badges boxes of what else is written, which no name covers
   */
  function place(context, spots, view, badges = []) {
    const taken = boxes();
    badges.forEach((box) => taken.add(box));
    for (const { node, x, y, radius } of spots)
      taken.add({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, own: node.id, lesser: true });
    const names = [];
    const always = Math.min(ALWAYS, Math.floor(view.width * view.height / SHARE));
    for (const spot of spots) {
      if (names.length >= MOST) break;
      if (spot.faded) continue;
      const name = text(context, spot.node, spot.strong);
      const at = chosenPlace(spot, name, taken, view, spots.length > MANY && names.length < always);
      if (at) names.push({ ...at, ...name, size: SIZE[spot.node.kind], plain: spot.node.kind === "actor" || spot.node.kind === "group" || spot.strong });
    }
    return names;
  }

  /** Draw names, moved by so many pixels. */
  function paint(context, names, across, down) {
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = Theme.paper("paper");
    const [ink, soft] = [Theme.paper("ink"), Theme.paper("soft")];
    for (const { font, shown, left, top, plain } of names) {
      context.font = font;
      context.strokeText(shown, left + across, top + down);
      context.fillStyle = plain ? ink : soft;
      context.fillText(shown, left + across, top + down);
    }
  }

  return { place, paint, boxes, shorten, wide, fitting, FONT };
})();
