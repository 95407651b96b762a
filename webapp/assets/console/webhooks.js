import { call } from './api.js';
import { confirmed } from './dialogs.js';
import { acts, dangerous, element } from './dom.js';
import { TYPES } from './events.js';
import { field, input, maker } from './forms.js';
import { pagedList } from './list.js';
import { attempt } from './news.js';
import { onlyNow } from './secrets.js';
import { moment, say } from './words.js';

/** The addresses that are told of events. */
export function webhooksPanel() {
  const made = element('div', { id: 'made-webhook', hidden: true });
  const list = pagedList({
    id: 'webhook-list',
    label: say('webhooks'),
    method: 'webhook/list',
    items: (reply) => reply.webhooks,
    heads: [say('address'), say('type'), say('made'), say('action')],
    row: (webhook) => [
      webhook.url,
      webhook.types.split(',').join(' '),
      moment(webhook.created),
      acts(dangerous(say('remove'), () => remove(webhook))),
    ],
  });

  async function create(form) {
    const types = TYPES.filter((type) => form.elements[type].checked).join(',');
    if (types === '') {
      throw new Error(say('chooseType')); // Without any, the API would take all.
    }
    const { webhook } = await call('webhook/create', { url: form.elements.url.value, types });
    onlyNow(made, { [say('secret')]: webhook.secret });
    await list.load(1);
    return say('createdOf', { name: webhook.url });
  }

  async function remove(webhook) {
    const name = webhook.url;
    if (await confirmed(say('deleteOf', { name }), say('remove'))) {
      await attempt(async () => {
        await call('webhook/delete', { webhook_id: webhook.webhook_id });
        await list.load();
        return say('deletedOf', { name });
      });
    }
  }

  const boxes = TYPES.map((type) => element('label', {},
    element('input', { type: 'checkbox', name: type, defaultChecked: true }), type));
  const making = maker(say('makeWebhook'), [
    field(say('address'), input('url', { type: 'url', required: true })),
    element('fieldset', {}, element('legend', {}, say('events')), ...boxes),
  ], { id: 'make-webhook', attempt, act: create });
  return { name: 'webhooks', content: [making, made, ...list.nodes], show: () => list.load() };
}
