// Links that show a photo or an album to whoever has them, published or not, until they end.
import { call } from './api.js';
import { ask, show } from './dialogs.js';
import { element } from './dom.js';
import { field, flag, given, input } from './forms.js';
import { copying, shared } from './links.js';
import { moment, say } from './words.js';

const MINUTES_A_DAY = 1440;
const LONGEST_DAYS = 90;

/**
 * Makes one, once it is said for how long, and shows it.
 *
 * @param kind `photo` or `album`
 */
export async function makeViewLink(kind, id, name) {
  let link = null;
  const isMade = await ask({
    title: `${say('viewLink')}: ${name}`,
    yes: say('create'),
    content: [
      element('p', {}, say('viewLinkHelp')),
      field(say('validDays'), input('days',
        { type: 'number', min: 1, max: LONGEST_DAYS, required: true, defaultValue: '7' })),
      flag('original_p', say('withOriginals')),
    ],
    act: async (form) => {
      const { days, ...rest } = given(form);
      const asked = { [`${kind}_id`]: id, valid_minutes: days * MINUTES_A_DAY, ...rest };
      ({ viewlink: link } = await call(`${kind}/get-view-link`, asked));
    },
  });
  if (isMade) {
    await show(`${say('viewLink')}: ${name}`,
      shared(link.url, say('address'), [copying(link.url)]),
      element('p', {}, `${say('validUntil')}: ${moment(link.valid_until)}`));
  }
}
