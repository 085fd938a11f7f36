/* Returns how each part of the page is built, and marks those whose like was looked over before.

Two parts are alike when they stand in alike surroundings and differ only in words, numbers and
addresses, or in how often the same thing stands in them one after the other: to rules of
accessibility they are one. Whether there are words, a label, and something to read where an
attribute points, is part of how a part is built. */
([known, mark]) => {
  const WORDS = new Set(["alt", "aria-label", "content", "datetime", "href", "id", "name", "nonce",
    "placeholder", "src", "srcset", "action", "formaction", "title", "value", "d", "cite"]);
  const POINTERS = new Set(["for", "form", "list", "aria-activedescendant", "aria-controls",
    "aria-describedby", "aria-details", "aria-errormessage", "aria-labelledby", "aria-owns"]);
  const seen = new Set(known), found = [];

  const digest = (text) => {
    let one = 0x811c9dc5, two = 0x1b873593;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 0x01000193);
      two = Math.imul(two + code, 0x85ebca6b) ^ (two >>> 13);
    }
    return (one >>> 0).toString(36) + (two >>> 0).toString(36);
  };
  const says = (element) => Boolean(element && (element.textContent.trim() || element.children.length));
  const own = (element) => [...element.attributes].map(({name, value}) => {
    if (WORDS.has(name)) return `${name}=${value.trim() !== ""}`;
    if (POINTERS.has(name))
      return `${name}=${value.trim().split(/\s+/).map((id) => says(document.getElementById(id)))}`;
    return `${name}=${value}`;
  }).sort().join(" ") + (element.checked ? " on" : "") + (element.disabled ? " off" : "") +
    (element.labels ? ` labels=${[...element.labels].map(says)}` : "");

  const built = new Map();
  const shape = (element) => {
    const parts = [...element.childNodes].map((node) => {
      if (node.nodeType === Node.ELEMENT_NODE) return shape(node);
      return node.nodeType === Node.TEXT_NODE && node.data.trim() ? "words" : "";
    }).filter((part, at, all) => part && part !== all[at - 1]);
    const text = digest(`${element.tagName} ${own(element)}(${parts.join(",")})`);
    built.set(element, text);
    return text;
  };
  const walk = (element, around) => {
    const name = digest(`${around} ${built.get(element)}`);
    if (seen.has(name)) return element.setAttribute(mark, "");
    seen.add(name);
    found.push(name);
    const within = digest(`${around}>${element.tagName} ${own(element)}`);
    for (const child of element.children) walk(child, within);
  };

  for (const old of document.querySelectorAll(`[${mark}]`)) old.removeAttribute(mark);
  shape(document.documentElement);
  walk(document.documentElement, String(innerWidth));
  return found;
}
