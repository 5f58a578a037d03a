// Builds the Plotly.js of what the app draws into explainer/live/plotly/, from npm's package:
//
//   flat.js    Plotly's core with scatter, bar and contour: a third of the whole, executed in a seventh of the time
//   scene.js   surface and scatter3d, added to flat.js where a figure has a scene; its frames are those of frames.mjs
//
// To be run by hand after a change of Plotly's version or of the kinds of traces, with Node:
//
//   cd tools/plotly && npm ci --ignore-scripts && npm run build
//
// The version is that of the plotly.min.js inside Python's package; a test compares the two. The package on npm
// lacks the folder of Plotly's own builder (`npm run custom-bundle`), so esbuild is called here with the settings
// of its esbuild-config.js.

import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGE = join(HERE, "node_modules", "plotly.js");
const TARGET = join(HERE, "..", "..", "explainer", "live", "plotly");
const FLAT = ["scatter", "bar", "contour"];
const SCENE = ["surface", "scatter3d"];
const FRAMES = join(HERE, "frames.mjs");
const SETTINGS = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "iife",
  target: "es2020",
  logLevel: "warning",
  outdir: TARGET,
  absWorkingDir: HERE,
  loader: { ".css": "empty" }, // only that of maps, which are left out
  define: { global: "window", "define.amd": "false", "process.env.NODE_DEBUG": "false" },
};

// The schema's descriptions of attributes, a sixth of the code, are for Plotly's documentation.
const TEXT = String.raw`(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\x60(?:[^\x60\\$]|\\.)*\x60)`;
const DESCRIPTION = new RegExp(String.raw`([{,]description:)(?:\[(?:${TEXT},?)*\]\.join\(" "\)|${TEXT})(?=[,}])`, "g");
const withoutDescriptions = (code) => code.replace(DESCRIPTION, '$1""');

const required = (traces) => traces.map((trace) => `require("plotly.js/lib/${trace}")`).join(", ");

// Modules of flat.js are not brought a second time by scene.js, which finds them in `catOrNotPlotly.modules`.
// inFlat: their paths. numberOf(path): the number of one that scene.js asks for.
function fromFlat(inFlat, numberOf) {
  return {
    name: "from flat.js",
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /.*/ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (pluginData === "asked" || kind === "entry-point") return undefined;
        const found = await resolve(path, { importer, kind, resolveDir, pluginData: "asked" });
        return inFlat.has(found.path) ? { path: found.path, namespace: "flat" } : found;
      });
      onLoad({ filter: /.*/, namespace: "flat" }, ({ path }) => {
        return { contents: `module.exports = window.catOrNotPlotly.modules[${numberOf(path)}];`, loader: "js" };
      });
    },
  };
}

function flatEntry(shared) {
  const modules = shared.map((path) => `require(${JSON.stringify(path)})`).join(",\n");
  return `const core = require("plotly.js/lib/core");
core.register([${required(FLAT)}]);
window.catOrNotPlotly = Object.assign({}, core, { modules: [${modules}] });`;
}

// Plotly takes createScene when its modules run, which the first `require` of a trace has them do.
const sceneEntry = `const { gl_plot3d } = require("plotly.js/stackgl_modules");
gl_plot3d.createScene = require("./frames.mjs").wakeable(gl_plot3d.createScene);
window.catOrNotPlotly.register([${required(SCENE)}]);`;

async function bundled(contents, options = {}) {
  const { outputFiles, metafile } = await build({ ...SETTINGS, ...options, stdin: { contents, resolveDir: HERE } });
  return { code: withoutDescriptions(outputFiles[0].text), modules: Object.keys(metafile.inputs).map((path) => join(HERE, path)) };
}

async function write(name, traces, code) {
  const { version } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  const banner = `/* plotly.js v${version}, parts: ${traces.join(", ")}. Copyright Plotly, Inc. MIT license, see LICENSE beside it.`;
  await writeFile(join(TARGET, name), `${banner} Built by tools/plotly/build.mjs. */\n${code}`);
  console.log(name, code.length);
}

await mkdir(TARGET, { recursive: true });
const inFlat = new Set((await bundled(flatEntry([]))).modules);
const sceneWith = (numberOf) => bundled(sceneEntry, { inject: [FRAMES], plugins: [fromFlat(inFlat, numberOf)] });
const taken = new Set();
await sceneWith((path) => taken.add(path).size); // only to learn which ones: esbuild asks in another order each time
const shared = [...taken].sort();
const scene = await sceneWith((path) => shared.indexOf(path));
const flat = await bundled(flatEntry(shared));
await write("flat.js", FLAT, flat.code);
await write("scene.js", SCENE, scene.code);
await copyFile(join(PACKAGE, "LICENSE"), join(TARGET, "LICENSE"));
