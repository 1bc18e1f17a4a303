// What the panels share to touch the document. Everything from the server goes in as text, never as markup.
const svg = 'http://www.w3.org/2000/svg';

/** The element of an id. */
export const find = id => document.getElementById(id);

/** An element with properties (class, data-… and aria-… as attributes, the rest as properties) and children, which may be texts. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in node && !name.includes('-')) {
      node[name] = value;
    } else {
      node.setAttribute(name, value);
    }
  }

  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** Writes a text where it is another than before. */
export function write(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Sets an attribute where it is another than before; null removes it. */
export function mark(node, name, value) {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

/** Shows or hides. */
export function show(node, visible) {
  if (node.hidden === visible) {
    node.hidden = !visible;
  }
}

/** The shape of a state, beside its word. */
export function shape(state) {
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('class', 'shape');
  picture.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', `#shape-${state}`);
  picture.append(use);
  return picture;
}

/** A list of facts that is made once and then only written to: call the answer with [[name, text], …]. */
export function facts(list) {
  let names = '';
  let values = [];
  return rows => {
    const given = rows.map(([name]) => name).join('\n');
    if (given !== names) {
      names = given;
      values = rows.map(() => make('dd', { class: 'number' }));
      list.replaceChildren(...rows.map(([name], index) => make('div', {}, make('dt', {}, name), values[index])));
    }

    rows.forEach(([, text], index) => write(values[index], text));
  };
}
