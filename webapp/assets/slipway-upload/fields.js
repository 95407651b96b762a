// The further fields of the form: on their way with a big file, and where the visitor goes on to.
import { isTaken } from './names.js';

/**
 * About as many characters as the way back has room for: with more, the head of a request would be
 * longer than servers take.
 */
const MOST_CHARS = 3_000;

/** Bytes of a callback's address at most, as the server has it: proxies take no longer one. */
const LONGEST = 3_500;
const LONGEST_COUNT = '&fields_omitted=1000000'.length;
const OMITTED = /^fields_omitted=(\d+)$/;

/** For the server, or from a client library: no site is told of them. */
const NOT_TOLD = [
  'upload_token', 'replace_token', 'file', 'format', 'callback', 'varname', 'raw', 'name', 'type', 'relativePath',
];
const NOT_TOLD_PREFIX = /^(resumable|flow)/;

/** Those that the site is told of, as `[name, value]` with the line ends that forms are sent with. */
export function further(fields) {
  return fields
    .filter(([name]) => name !== '' && !NOT_TOLD.includes(name) && !NOT_TOLD_PREFIX.test(name))
    .map((field) => field.map((text) => text.replace(/\r\n?|\n/g, '\r\n')));
}

/** They as metadata of a tus upload: those that fit, and how many do not. */
export function asMetadata(fields) {
  const told = fitting(fields, MOST_CHARS);
  const omitted = fields.length - told.length;
  return {
    ...(told.length > 0 && { form_fields: encoded(told) }),
    ...(omitted > 0 && { form_fields_omitted: String(omitted) }),
  };
}

/**
 * A callback's address in which the fields are as they are now, as the visitor may have gone on with
 * the form meanwhile: as long as the server lets it be, and with what it says of fields that do not
 * fit. What was sent and is not in the address as it was, the server or the site has a say in: it
 * stays as it is, and so does the rest of the query, byte by byte.
 */
export function renewed(address, sent, now) {
  const url = new URL(address);
  const pairs = url.search ? url.search.slice(1).split('&') : [];
  const changed = changedNames(pairs.map(asField), sent, now);
  if (changed.length === 0) {
    return url;
  }
  const kept = pairs.filter((pair) => !changed.includes(asField(pair)[0]));
  const omittedBefore = OMITTED.test(kept.at(-1)) ? Number(kept.pop().match(OMITTED)[1]) : 0;
  const fields = changed.flatMap((name) => now.filter(([each]) => each === name));
  const length = url.href.length - url.search.length + ['?', ...kept].join('&').length;
  const told = fitting(fields, LONGEST - LONGEST_COUNT - length);
  const omitted = omittedBefore + fields.length - told.length;
  // As in the server's: its own come last, as some sites take the last of a name.
  const own = kept.map((pair) => asField(pair)[0]).lastIndexOf('domain');
  const query = [
    ...kept.slice(0, own),
    ...(told.length > 0 ? [encoded(told)] : []),
    ...kept.slice(own),
    ...(omitted > 0 ? [`fields_omitted=${omitted}`] : []),
  ];
  url.search = query.join('&');
  return url;
}

/** The names whose fields are in the address as they were sent, and now are others. */
function changedNames(there, sent, now) {
  const own = namesOf(sent);
  const others = there.map(([name]) => name).filter((name) => !own.has(name));
  return [...namesOf([...sent, ...now])].filter((name) => {
    const values = valuesOf(there, name);
    return isSame(values, valuesOf(sent, name)) && !isSame(values, valuesOf(now, name))
      && (values.length > 0 || !isTaken(name, others));
  });
}

/**
 * Those that fit into so many characters, whole. Those of one name go together, as a part of a list
 * would be a wrong answer.
 */
function fitting(fields, room) {
  let told = [];
  for (const name of namesOf(fields)) {
    const more = [...told, ...fields.filter(([each]) => each === name)];
    if (encoded(more).length <= room) {
      told = more;
    }
  }
  return told;
}

/** A parameter of a query, as `[name, value]`. */
function asField(pair) {
  return [...new URLSearchParams(`?${pair}`)][0] ?? ['', ''];
}

function encoded(fields) {
  return String(new URLSearchParams(fields));
}

function namesOf(fields) {
  return new Set(fields.map(([name]) => name));
}

function valuesOf(fields, name) {
  return fields.filter(([each]) => each === name).map(([, value]) => value);
}

function isSame(some, others) {
  return some.length === others.length && some.every((value, i) => value === others[i]);
}
