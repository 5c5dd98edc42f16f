"use strict";

/* global topojson */

/** The outlines of countries in the unit square, on which the map is drawn. */
const Outline = (() => {
  /** Return longitude and latitude as a point of the unit square (Mercator, cut off near the poles). */
  function project([longitude, latitude]) {
    const north = Math.max(-84, Math.min(84, latitude)) * Math.PI / 180;
    return [longitude / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + north / 2)) / (2 * Math.PI)];
  }

  /** Return a ring in the unit square and its box; one across the 180th meridian is there at both rims of the world. */
  function trace(ring) {
    const points = [];
    for (const point of ring) {
      const [x, y] = project(point);
      const before = points.length ? points[points.length - 1][0] : x;
      points.push([x - Math.round(x - before), y]);
    }
    const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const shifts = box[2] > 1.0001 ? [0, -1] : box[0] < -0.0001 ? [0, 1] : [0];
    const rings = shifts.map((shift) => (shift ? points.map(([x, y]) => [x + shift, y]) : points));
    return { rings, box: shifts.length > 1 ? [0, box[1], 1, box[3]] : box };
  }

  /** Return rings as a path for a canvas. */
  function path(rings) {
    const drawn = new Path2D();
    for (const ring of rings) {
      ring.forEach(([x, y], index) => (index ? drawn.lineTo(x, y) : drawn.moveTo(x, y)));
      drawn.closePath();
    }
    return drawn;
  }

  /** Return the outlines: each as a path and as rings, with its boxes, name and the box of its largest part. */
  function all() {
    const world = JSON.parse(document.getElementById("atlas").textContent);
    return topojson.feature(world, world.objects.countries).features.map(({ geometry, properties }) => {
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      const traced = polygons.flat().map(trace);
      const [rings, boxes] = [traced.flatMap((one) => one.rings), traced.map((one) => one.box)];
      const size = (box) => (box[2] - box[0]) * (box[3] - box[1]);
      const narrow = boxes.filter((box) => box[2] - box[0] < 1);
      return { path: path(rings), rings, boxes, name: properties.name, main: (narrow.length ? narrow : boxes).reduce((a, b) => (size(b) > size(a) ? b : a)) };
    });
  }

  return { project, all };
})();
