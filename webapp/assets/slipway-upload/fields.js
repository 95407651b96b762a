// The further fields of the form: on their way with a big file, and where the visitor goes on to.
import { OWN, isTaken } from './names.js';

/**
 * About as many characters as the way back has room for: with more, the head of a request would be
 * longer than servers take.
 */
const MOST_CHARS = 3_000;

/** Bytes of a callback's address at most, as the server has it: proxies take no longer one. */
const LONGEST = 3_500;
const LONGEST_COUNT = '&fields_omitted=1000000'.length;
const OMITTED = /^fields_omitted=(\d+)$/;

/** For the server, from a client library, or a secret: no site is told of them. */
const NOT_TOLD = [
  'upload_token', 'replace_token', 'file', 'photo_title', 'format', 'callback', 'varname', 'raw', 'name', 'type', 'relativePath',
  'access_token', 'login_token', 'password', 'session_token', 'upload_link',
];
const NOT_TOLD_PREFIX = /^(resumable|flow)[A-Z]|^oauth_/;

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
  const omittedBefore = OMITTED.test(pairs.at(-1)) ? Number(pairs.pop().match(OMITTED)[1]) : 0;
  const there = pairs.map(asField);
  const changed = changedNames(there, omittedBefore, sent, now);
  if (changed.length === 0) {
    return url;
  }
  const kept = pairs.filter((pair) => !changed.includes(asField(pair)[0]));
  const fields = changed.flatMap((name) => now.filter(([each]) => each === name));
  const others = there.map(([name]) => name).filter((name) => valuesOf(sent, name).length === 0);
  const free = fields.filter(([name]) => !isTaken(name, others));
  const length = url.href.length - url.search.length + ['?', ...kept].join('&').length;
  const told = fitting(free, LONGEST - LONGEST_COUNT - length);
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

/**
 * The names whose fields are in the address as they were sent, and now are others. None of those that
 * are there where more are omitted than are missing: then the site says the same as the form did.
 */
function changedNames(there, omitted, sent, now) {
  const isAsSent = (name) => isSame(valuesOf(there, name), valuesOf(sent, name));
  const isMixed = omitted > sent.filter(([name]) => !isAsSent(name)).length;
  return [...namesOf([...sent, ...now])].filter((name) => {
    const values = valuesOf(there, name);
    const mayChange = values.length > 0 ? !isMixed : !isTaken(name, OWN);
    return isAsSent(name) && !isSame(values, valuesOf(now, name)) && mayChange;
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
