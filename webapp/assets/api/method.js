// What is said of one method: its parameters, its reply and its errors.
import { element } from '../console/dom.js';

export function described(api, path, operations) {
  const isOfApi = path.startsWith('/api/');
  // Of GET and POST, a method of the API has the same parameters: the form has the file, too.
  const all = isOfApi ? [operations.get('post') ?? operations.get('get')] : [...operations.values()];
  const methods = [...operations.keys()].map((method) => method.toUpperCase()).join(', ');
  return all.flatMap((operation) => [
    element('p', {}, element('code', {}, `${isOfApi ? methods : methodOf(operations, operation)} ${path}`)),
    ...texts(isOfApi ? operation.description : `${operation.summary}. ${operation.description ?? ''}`),
    ...list('Parameters', parameters(api, operation)),
    ...list('Reply', replies(api, operation)),
    ...list('Errors', errors(operation)),
  ]);
}

function methodOf(operations, operation) {
  return [...operations].find(([, each]) => each === operation)[0].toUpperCase();
}

function texts(text) {
  return text ? [element('p', {}, text)] : [];
}

function list(title, terms) {
  if (terms.length === 0) {
    return [];
  }
  const pairs = terms.flatMap(({ name, note, text }) => [
    element('dt', {}, element('code', {}, name), ' ', element('small', {}, note)),
    element('dd', {}, text),
  ]);
  return [element('h3', {}, title), element('dl', {}, ...pairs)];
}

function resolved(api, object) {
  return object?.$ref
    ? object.$ref.slice(2).split('/').reduce((part, name) => part[name], api)
    : object ?? {};
}

function parameters(api, operation) {
  const located = (operation.parameters ?? []).map((each) => resolved(api, each)).map((each) => ({
    name: each.name,
    note: kind(each.schema, each.required, each.in === 'header' ? 'header' : ''),
    text: each.description ?? '',
  }));
  const content = Object.values(operation.requestBody?.content ?? {});
  const schema = content[0]?.schema ?? {};
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    note: kind(field, schema.required?.includes(name)),
    text: field.description ?? '',
  }));
  return [...located, ...fields];
}

function kind(schema, isRequired, place = '') {
  const bounds = schema.minimum !== undefined && schema.maximum !== undefined
    ? `${schema.minimum} to ${schema.maximum}` : '';
  return [
    isRequired ? 'required' : '',
    place,
    schema.format === 'binary' ? 'file' : schema.type,
    bounds,
    schema.maxLength === undefined ? '' : `at most ${schema.maxLength} characters`,
    schema.enum ? schema.enum.join(' or ') : '',
    schema.default === undefined ? '' : `default ${schema.default}`,
  ].filter(Boolean).join(', ');
}

/** The payload: what is not in every reply. */
function replies(api, operation) {
  const reply = resolved(api, operation.responses['200']?.content?.['application/json']?.schema);
  const common = Object.keys(api.components.schemas.Reply.properties);
  return Object.entries(reply.properties ?? {})
    .filter(([name]) => !common.includes(name))
    .map(([name, field]) => {
      const object = field.type === 'array' ? field.items : field;
      return {
        name,
        note: field.type === 'array' ? 'list' : 'object',
        text: Object.keys(object.properties ?? {}).join(', '),
      };
    });
}

function errors(operation) {
  return Object.entries(operation.responses)
    .filter(([status]) => status !== '200')
    .map(([status, response]) => ({
      name: status,
      note: '',
      text: response.description ?? 'As for the other tus methods.',
    }));
}
