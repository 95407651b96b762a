import { call } from './api.js';
import { confirmed } from './dialogs.js';
import { acts, button, dangerous, element, opener } from './dom.js';
import { choice, searchForm } from './forms.js';
import { pagedList } from './list.js';
import { attempt } from './news.js';
import { viewPhoto } from './photo-viewer.js';
import { moment, say, seconds } from './words.js';

/** Which are listed, as comment/list is asked for them. */
const SHOWN = {
  all: { include_unapproved_p: 1 },
  waiting: { approved_p: 0 },
  approved: { approved_p: 1 },
};

/** The comments on photos, those that wait too. */
export function commentsPanel() {
  let asked = SHOWN.all;
  const none = element('p', { className: 'empty', hidden: true }, say('noComments'));
  const list = pagedList({
    id: 'comment-list',
    label: say('comments'),
    method: 'comment/list',
    items: (reply) => reply.comments,
    asked: () => asked,
    heads: [say('comment'), say('name'), say('photos'), say('made'), say('state'), say('action')],
    row: (comment) => [
      element('span', { className: 'text', dir: 'auto' }, comment.content_text),
      comment.name || '–',
      opener(comment.object_title || say('photoOf', { id: comment.object_id }),
        () => attempt(() => viewPhoto(comment.object_id))),
      moment(seconds(comment.creation_date_ansi)),
      say(comment.approved_p === 1 ? 'approved' : 'waits'),
      acts(
        ...(comment.approved_p === 1 ? [] : [button(say('approve'), () => approve(comment), '')]),
        dangerous(say('remove'), () => remove(comment))),
    ],
  });

  const approve = (comment) => attempt(async () => {
    await call('comment/approve', { comment_id: comment.comment_id });
    await list.load();
    return say('approved');
  });

  async function remove(comment) {
    const name = comment.truncated_content;
    if (await confirmed(say('deleteOf', { name }), say('remove'))) {
      await attempt(async () => {
        await call('comment/delete', { comment_id: comment.comment_id });
        await list.load();
        return say('deletedOf', { name });
      });
    }
  }

  async function show() {
    try {
      await list.load();
    } catch (failure) {
      if (failure.code !== 'permission_denied') {
        throw failure;
      }
      none.hidden = false;
    }
  }

  const states = choice('shown', {
    all: `${say('state')}: ${say('everything')}`, waiting: say('waits'), approved: say('approved'),
  });
  states.ariaLabel = say('state');
  const filter = searchForm('comment-filter', null, ({ shown }) => {
    asked = SHOWN[shown];
    attempt(() => list.load(1));
  }, states);
  return { name: 'comments', content: [none, filter, ...list.nodes], show };
}
