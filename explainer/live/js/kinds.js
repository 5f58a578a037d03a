// The kinds of layers that can move over a figure. Each has a file in layers/, which registers it here under the
// name of its dataclass in explainer/stage/layers.py.
//
// A kind is an object with
//   draw(pen, view, layer, tables)  draws a layer as the tables say now. `pen` is the canvas's 2-D context, with
//                                   the theme's `tones` and the panel's `labels`, to which words
//                                   are handed over; `view` a FlatView or a SceneView; `layer` the dataclass
// and, where it has them,
//   isWhole                         it is drawn beyond the plot's edge too, so that what stands at the edge is not cut
//   picked(layer)                   the coordinates that a press on a panel with `pick` is to come near to
//   leaving(layer)                  the coordinates of what may lie off the plot, and can be brought into view

const kinds = new Map();

export function layerKind(name, kind) {
  kinds.set(name, kind);
}

export function kindOf(layer) {
  return kinds.get(layer.kind);
}

// A place in the plane, or in space where the layer has a z.
export const placeOf = ({ x, y, z }) => (z === undefined || z === null ? [x, y] : [x, y, z]);
