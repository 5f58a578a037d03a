// Which row of the tables lies nearest to a place on the screen.

// The places of the controls whose point is nearest, the first of equals; null where there is no point.
// counts: how many places each control has. project(places) -> [x, y] in pixels.
export function nearestPlaces(counts, [px, py], project) {
  let [nearest, least] = [null, Infinity];
  const places = counts.map(() => 0);
  for (let left = counts.reduce((product, count) => product * count, 1); left > 0; left--) {
    const [x, y] = project(places);
    const distance = (x - px) ** 2 + (y - py) ** 2;
    if (distance < least) [nearest, least] = [[...places], distance];
    countOn(places, counts);
  }
  return nearest;
}

// The next combination, the last control fastest.
function countOn(places, counts) {
  for (let k = places.length - 1; k >= 0; k--) {
    places[k] += 1;
    if (places[k] < counts[k]) return;
    places[k] = 0;
  }
}
