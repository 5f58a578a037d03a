// The live figure's component, as Streamlit sends it with each figure in each run: so it only imports the module
// with the player, which browsers keep. Streamlit's own bundle tells where the app lives, also behind a proxy.
const own = [...document.querySelectorAll("script[src]")].map((script) => script.src).find((src) => src.includes("/static/js/"));
const base = own ? own.slice(0, own.indexOf("/static/js/") + 1) : new URL("/", location.href).href;
const mount = await import(`${base}{{path}}`).then((module) => module.default, console.error);

// Whatever is missing, the page has a sentence in the figure's place, and not an error's stack.
export default (component) => {
  try {
    return mount(component, base);
  } catch (error) {
    console.error(error);
    component.parentElement.querySelector(".live-root").textContent = {{missing}};
  }
};
