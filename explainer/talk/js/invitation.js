// What the start page says about desks: that one is there, or where one is opened and with which code.

import { makeElement } from "../../live/js/elements.js";

// addresses: of this computer, each {origin, kind, desk, codes}; chosen: the one that is shown; choose(origin). isAlone:
// nobody else can open them. desks: how many are there. said: why the hub refuses this page, if it does.
export function writeInvitation(parent, words, { addresses, chosen, choose, isAlone, desks, said }) {
  parent.replaceChildren();
  if (said) makeElement("p", "notice", parent).textContent = said;
  if (!chosen) return;
  if (desks) makeElement("p", "there", parent).textContent = desks > 1 ? words.desks.replace("{count}", desks) : words.desk;
  // Once the speaker's own is there, nobody else is to photograph the code.
  const box = desks ? makeElement("details", "", parent) : parent;
  if (desks) makeElement("summary", "", box).textContent = words.another_desk;
  const row = makeElement("div", "desk-code", box);
  if (chosen.codes.desk && !isAlone) makeElement("img", "code", row, { src: chosen.codes.desk, alt: words.desk_code });
  const beside = makeElement("div", "", row);
  makeElement("p", "", beside).textContent = isAlone ? words.invite_alone : words.invite;
  const link = makeElement("a", "", beside, { href: chosen.desk, target: "_blank", rel: "noopener" });
  link.textContent = chosen.desk.split("#")[0];
  if (addresses.length > 1) writeChoice(beside, words, addresses, chosen, choose);
}

function writeChoice(parent, words, addresses, chosen, choose) {
  const label = makeElement("label", "", parent);
  label.textContent = words.addresses;
  const select = makeElement("select", "", label);
  for (const { origin, kind } of addresses) makeElement("option", "", select, { value: origin }).textContent = `${origin} (${kind})`;
  select.value = chosen.origin;
  select.onchange = () => choose(select.value);
}
