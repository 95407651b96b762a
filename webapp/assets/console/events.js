import { call } from './api.js';
import { show } from './dialogs.js';
import { acts, button, element, opener } from './dom.js';
import { choice, searchForm } from './forms.js';
import { pagedList } from './list.js';
import { attempt } from './news.js';
import { viewPhoto } from './photo-viewer.js';
import { moment, say } from './words.js';

/** Every type of event. */
export const TYPES =
  ['photo.uploaded', 'photo.updated', 'photo.deleted', 'photo.replaced', 'photo.infected'];

const STATES = { pending: 'eventPending', delivered: 'eventDelivered', failed: 'eventFailed' };

/** What has happened, and whether everybody who is to know was told. */
export function eventsPanel() {
  let asked = {};
  const list = pagedList({
    id: 'event-list',
    label: say('events'),
    method: 'event/list',
    items: (reply) => reply.events,
    asked: () => asked,
    heads: [say('type'), say('photos'), say('made'), say('state'), say('action')],
    row: (event) => [
      event.type,
      opener(say('photoOf', { id: event.photo_id }), () => attempt(() => viewPhoto(event.photo_id))),
      moment(event.created),
      say(STATES[event.state]),
      acts(
        button(say('details'), () => attempt(() => details(event))),
        button(say('sendAgain'), () => replay(event))),
    ],
  });

  async function details({ event_id: id, type }) {
    const { event } = await call('event/get', { event_id: id });
    const deliveries = Array.from({ length: Number(event.deliveries) }, (_, index) =>
      deliveryOf(event, `delivery_${index + 1}_`));
    show(type,
      element('ul', {}, ...deliveries),
      element('pre', { tabIndex: 0, dir: 'ltr' }, element('code', {}, pretty(event.payload))));
  }

  const replay = ({ event_id: id }) => attempt(async () => {
    await call('event/replay', { event_id: id });
    await list.load();
    return say('sentAgain');
  });

  const states = Object.fromEntries(
    Object.entries(STATES).map(([state, key]) => [state, say(key)]));
  const types = Object.fromEntries(TYPES.map((type) => [type, type]));
  const ofState = choice('state', { '': `${say('state')}: ${say('everything')}`, ...states });
  const ofType = choice('type', { '': `${say('type')}: ${say('everything')}`, ...types });
  ofState.ariaLabel = say('state');
  ofType.ariaLabel = say('type');
  const filters = searchForm('event-filter', null, (values) => {
    asked = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    attempt(() => list.load(1));
  }, ofState, ofType);
  return { name: 'events', content: [filters, ...list.nodes], show: () => list.load() };
}

function deliveryOf(event, prefix) {
  const said = (name) => event[prefix + name];
  return element('li', { dir: 'auto' }, [
    said('url'),
    say(STATES[said('state')]),
    say('attempts', { count: Number(said('attempts')) }),
    ...(said('last_error') ? [said('last_error')] : []),
    ...(said('next_attempt') ? [moment(said('next_attempt'))] : []),
  ].join(' · '));
}

function pretty(payload) {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
