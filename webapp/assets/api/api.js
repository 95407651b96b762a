// Shows the OpenAPI document to people: each method can be opened, found, and linked to by its name.
import { $, element } from '../console/dom.js';
import { described } from './method.js';

const document_ = new URL(`${document.body.dataset.base}api/openapi.json`, location.href);
const find = $('#find');
const shown = [];

try {
  const response = await fetch(document_);
  if (!response.ok) {
    throw new Error(`the server answered ${response.status}`);
  }
  show(await response.json());
} catch (failure) {
  $('#problem').textContent = `The document could not be read: ${failure.message}`;
  $('#problem').hidden = false;
}

function show(api) {
  $('#about').textContent = api.info.description;
  for (const [tag, paths] of byTag(api)) {
    const section = element('section', {}, element('h2', {}, tag), ...paths.map((path) => one(api, path)));
    $('#methods').append(section);
  }
  find.hidden = false;
  find.addEventListener('input', filter);
  find.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', openLinked);
  openLinked();
}

/** The paths of each tag, in order. */
function byTag(api) {
  const tags = new Map();
  for (const path of Object.keys(api.paths)) {
    const [operation] = operations(api, path).values();
    const [tag] = operation.tags;
    tags.set(tag, [...(tags.get(tag) ?? []), path]);
  }
  return [...tags].sort(([one], [other]) => one.localeCompare(other));
}

function operations(api, path) {
  const methods = ['get', 'post', 'put', 'head', 'patch', 'delete', 'options'];
  return new Map(methods.filter((method) => api.paths[path][method])
    .map((method) => [method, api.paths[path][method]]));
}

function one(api, path) {
  const all = operations(api, path);
  const name = path.replace(/^\/api\//, '');
  const [first] = all.values();
  const summary = element('summary', {}, element('code', {}, name), ' ', first.summary);
  const details = element('details', { id: name }, summary);
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) {
      details.append(...described(api, path, all));
    }
  });
  shown.push({ details, text: JSON.stringify([path, api.paths[path]]).toLowerCase() });
  return details;
}

function filter() {
  const words = find.elements[0].value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { details, text } of shown) {
    details.hidden = !words.every((word) => text.includes(word));
    count += details.hidden ? 0 : 1;
  }
  for (const section of $('#methods').children) {
    section.hidden = !section.querySelector('details:not([hidden])');
  }
  $('#found').textContent = words.length === 0 ? '' : `${count} of ${shown.length} methods`;
}

function openLinked() {
  const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked?.tagName === 'DETAILS') {
    linked.open = true;
    linked.scrollIntoView();
  }
}
