import { base, call } from './api.js';
import { confirmed } from './dialogs.js';
import { acts, anchor, button, dangerous, element } from './dom.js';
import { pagedList } from './list.js';
import { attempt } from './news.js';
import { moment, say, seconds } from './words.js';

/** The comments on photos, those that wait too. */
export function commentsPanel() {
  const none = element('p', { className: 'empty', hidden: true }, say('noComments'));
  const list = pagedList({
    id: 'comment-list',
    label: say('comments'),
    method: 'comment/list',
    items: (reply) => reply.comments,
    asked: () => ({ include_unapproved_p: 1 }),
    heads: [say('comment'), say('name'), say('photos'), say('made'), say('state'), say('action')],
    row: (comment) => [
      element('span', { className: 'text' }, comment.content_text),
      comment.name || '–',
      anchor(new URL(`photo/${comment.object_id}`, base).href,
        comment.object_title || say('photoOf', { id: comment.object_id })),
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

  return { name: 'comments', content: [none, ...list.nodes], show };
}
