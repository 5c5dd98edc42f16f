"use strict";

/** How the map is drawn, on a canvas or as SVG: land, a circle for each place, names where there is room. */
const Plot = (() => {
  const SMALLEST = 4;
  const LARGEST = 18; // added to it for the place with the most killed
  const RIM = 0.6; // how large dashes are in the rim of a circle
  const NEAR = 14; // pixels between places that are about there only and others
  const GOLDEN = Math.PI * (3 - Math.sqrt(5));
  const NUMBERED = 8.5; // pixels from which a circle has room for its number
  const PLACE = { size: 12, weight: 500 };
  const COUNTRY = { size: 11 };
  let countries = null;

  const amount = ({ through }, measure) => (measure === "killed" ? Caption.killed(through) : through.length);
  const radius = (spot, measure, most) => SMALLEST + (measure === "killed" ? LARGEST * Math.sqrt(amount(spot, measure) / most) : 3.4 * Math.sqrt(amount(spot, measure)));

  /** Return where a point of the unit square is in a scene. */
  const screen = ([x, y], { eye, width, height }) => [(x - eye.x) * eye.scale + width / 2, (y - eye.y) * eye.scale + height / 2];

  function land(surface, scene) {
    const { eye: { x, y, scale }, width, height } = scene;
    const [left, top, right, bottom] = [x - width / 2 / scale, y - height / 2 / scale, x + width / 2 / scale, y + height / 2 / scale];
    const inView = countries.filter((one) => one.boxes.some((box) => box[0] < right && box[2] > left && box[1] < bottom && box[3] > top));
    surface.outlines(inView, { scale, left: width / 2 - x * scale, top: height / 2 - y * scale }, { fill: Theme.paper("land"), stroke: Theme.paper("border"), thick: 0.9 });
  }

  /** Return where a place is drawn; one that is about there only stands beside those that are on the spot. */
  function beside(spot, before, scene) {
    const [x, y] = screen(spot.point, scene);
    if (spot.place.exact) return [x, y];
    for (let turn = 0; ; turn += 1) { // a spiral as in a sunflower: near, and never on another
      const away = NEAR * Math.sqrt(turn);
      const [left, top] = [x + away * Math.cos((turn - 1) * GOLDEN), y + away * Math.sin((turn - 1) * GOLDEN)];
      if (before.every((one) => Math.hypot(one.screen[0] - left, one.screen[1] - top) >= NEAR - 1)) return [left, top];
    }
  }

  /** Draw a circle for each place: its area by the number of events, hollow where the place is about there only. */
  function marks(surface, scene, taken) {
    const { spots, chosen, measure } = scene;
    const standing = [];
    const most = Math.max(1, ...spots.map((spot) => amount(spot, measure)));
    for (const spot of [...spots].sort((a, b) => Number(Boolean(b.place.exact)) - Number(Boolean(a.place.exact)))) {
      spot.screen = [...beside(spot, standing, scene), radius(spot, measure, most)];
      standing.push(spot);
    }
    const colour = Theme.group("violence");
    for (const spot of spots) {
      const [x, y, size] = spot.screen;
      const picked = chosen && chosen.id === spot.place.id;
      const lit = spot.own || picked;
      surface.circle(x, y, size, { fill: colour, alpha: (lit ? 1 : 0.2) * (spot.place.exact ? 0.72 : 0.22) });
      rim(surface, spot, { stroke: picked ? Theme.paper("accent") : colour, thick: picked ? 3 : 1.8, alpha: lit ? 1 : 0.3 });
      const ink = spot.place.exact && !Theme.isDark() ? "#ffffff" : Theme.paper("ink");
      if (size >= NUMBERED) surface.text(amount(spot, measure).toLocaleString("en"), x, y + 0.5, { size: 11, weight: 600, fill: ink, around: true, alpha: lit ? 1 : 0.3 });
      taken.add({ left: x - size, right: x + size, top: y - size, bottom: y + size, own: spot.place.id });
    }
  }

  /** Draw the rim of a circle: for each status a part as long as its share of the events. */
  function rim(surface, { screen: [x, y, size], through }, paint) {
    let from = -Math.PI / 2;
    for (const status of Filter.statuses) {
      const own = through.filter((event) => (Filter.statuses.includes(event.status) ? event.status : "suspected") === status);
      if (!own.length) continue;
      const to = from + (own.length / through.length) * 2 * Math.PI;
      surface.arc(x, y, size, [from, to], { ...paint, dashes: Dash.lengths(status, RIM) });
      from = to;
    }
  }

  /** Name places and countries where there is room; return how many are named. */
  function texts(surface, scene, taken) {
    let names = 0;
    const write = (words, places, wide, face) => {
      for (const [left, top] of places) {
        const box = { left: left - 2, right: left + wide + 2, top, bottom: top + 14, own: null };
        if (left < 2 || top < 2 || left + wide > scene.width - 2 || top > scene.height - 16 || !taken.free(box, "", false)) continue;
        taken.add(box);
        surface.text(words, left, top, { halo: Theme.paper("land"), ...face });
        names += 1;
        return;
      }
    };
    for (const { place, screen: [x, y, size], own } of scene.spots) {
      const words = Label.shorten(place.label);
      const wide = Label.wide(words, PLACE);
      if (own) write(words, [[x + size + 4, y - 7], [x - size - 4 - wide, y - 7], [x - wide / 2, y + size + 2], [x - wide / 2, y - size - 15]], wide, { ...PLACE, fill: Theme.paper("ink") });
    }
    for (const { name, main } of countries) {
      const [left, top] = screen([main[0], main[1]], scene);
      const [right, bottom] = screen([main[2], main[3]], scene);
      const wide = Label.wide(name, COUNTRY);
      if (wide < (right - left) * 0.8) write(name, [[(left + right - wide) / 2, (top + bottom) / 2 - 6]], wide, { ...COUNTRY, fill: Theme.paper("soft") });
    }
    return names;
  }

  /**
   * Draw a scene and give each of its spots its place on the screen; return how many names found room.
   * @param {Object} surface of Brush or Pen
   * @param {{eye: Object, width: number, height: number, spots: Array, chosen: Object, measure: string}} scene
   */
  function draw(surface, scene) {
    countries ??= Outline.all();
    surface.ground(Theme.paper("sea"));
    land(surface, scene);
    const taken = Label.boxes();
    marks(surface, scene, taken);
    return texts(surface, scene, taken);
  }

  return { draw, screen, RIM };
})();
