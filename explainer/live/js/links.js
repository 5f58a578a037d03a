// The links of the model: from z to its output a. The only maths that the browser does.

const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))); // neither overflows

export const LINKS = { identity: (z) => z, sigmoid };
