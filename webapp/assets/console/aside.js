import { call } from './api.js';
import { acts, button, element } from './dom.js';
import { pagedList } from './list.js';
import { attempt, tell } from './news.js';
import { viewPhoto } from './photo-viewer.js';
import { days, moment, say, size } from './words.js';

/** The files that no photo refers to, and the way back. */
export function asidePanel() {
  const list = pagedList({
    id: 'aside-list',
    label: say('aside'),
    method: 'set-aside/list',
    items: (reply) => reply.files,
    heads: [say('name'), say('size'), say('received'), say('deletedIn'), say('action')],
    row: (file) => [
      element('code', { className: 'cut', dir: 'ltr', title: file.file_id },
        file.file_id.split('/').pop()),
      size(file.bytes),
      moment(file.arrived),
      days(file.seconds_left),
      acts(button(say('restore'), () => restore(file))),
    ],
  });

  const restore = (file) => attempt(async () => {
    const { upload } = await call('set-aside/restore', { file_id: file.file_id });
    await list.load();
    const { photo_id: id } = upload;
    tell(say('restoredOf', { name: say('photoOf', { id }) }), ' ',
      button(say('enlarge'), () => attempt(() => viewPhoto(id))));
  });

  return {
    name: 'aside',
    content: [element('p', { className: 'help' }, say('asideHelp')), ...list.nodes],
    show: () => list.load(),
  };
}
