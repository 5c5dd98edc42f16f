"use strict";

/* global topojson */

/** The outlines of countries in the unit square, on which the map is drawn. */
const Outline = (() => {
  /** Return longitude and latitude as a point of the unit square (Mercator, cut off near the poles). */
  function project([longitude, latitude]) {
    const north = Math.max(-84, Math.min(84, latitude)) * Math.PI / 180;
    return [longitude / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + north / 2)) / (2 * Math.PI)];
  }

  /** Add a ring to a path and return its box; one that crosses the 180th meridian is drawn at both rims of the world. */
  function trace(path, ring) {
    const points = [];
    for (const point of ring) {
      const [x, y] = project(point);
      const before = points.length ? points[points.length - 1][0] : x;
      points.push([x - Math.round(x - before), y]);
    }
    const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const shifts = box[2] > 1.0001 ? [0, -1] : box[0] < -0.0001 ? [0, 1] : [0];
    for (const shift of shifts) {
      points.forEach(([x, y], index) => (index ? path.lineTo(x + shift, y) : path.moveTo(x + shift, y)));
      path.closePath();
    }
    return shifts.length > 1 ? [0, box[1], 1, box[3]] : box;
  }

  /** Return the outlines: each as a path with its boxes, name and the box of its largest part. */
  function all() {
    const world = JSON.parse(document.getElementById("atlas").textContent);
    return topojson.feature(world, world.objects.countries).features.map(({ geometry, properties }) => {
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      const path = new Path2D();
      const boxes = polygons.flatMap((rings) => rings.map((ring) => trace(path, ring)));
      const size = (box) => (box[2] - box[0]) * (box[3] - box[1]);
      const narrow = boxes.filter((box) => box[2] - box[0] < 1);
      return { path, boxes, name: properties.name, main: (narrow.length ? narrow : boxes).reduce((a, b) => (size(b) > size(a) ? b : a)) };
    });
  }

  return { project, all };
})();
