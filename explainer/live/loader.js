// The live figure's component, as Streamlit sends it with each figure in each run: so it only imports the module
// with the player, which browsers keep. Streamlit's own bundle tells where the app lives, also behind a proxy.
const own = [...document.querySelectorAll("script[src]")].map((script) => script.src).find((src) => src.includes("/static/js/"));
const base = own ? own.slice(0, own.indexOf("/static/js/") + 1) : new URL("/", location.href).href;
const { default: mount } = await import(`${base}{{path}}`);
export default (component) => mount(component, base);
