// A list of a section: asked for page by page, and anew after each act.
import { call } from './api.js';
import { element, lastPage, pages, table } from './dom.js';
import { questions } from './latest.js';
import { attempt } from './news.js';

/**
 * Makes one.
 *
 * @param id of the element; its pages are at `<id>-pages`
 * @param method of the API
 * @param items gives the things of a reply
 * @param heads of the columns
 * @param row gives the cells of a thing, and gets what lists anew
 * @param asked gives the parameters besides the page's
 * @returns { nodes, load }
 */
export function pagedList({ id, label, method, items, heads, row, asked = () => ({}) }) {
  const list = element('div', { id });
  const nav = element('nav', { id: `${id}-pages`, ariaLabel: label });
  const ask = questions();
  let current = 1;

  async function load(page = current) {
    const find = (number) => call(method, { ...asked(), p: number });
    const isLast = ask();
    let reply = await find(page);
    if (items(reply).length === 0 && page > 1) {
      reply = await find(Math.min(page - 1, lastPage(reply)));
    }
    if (!isLast()) {
      return;
    }
    current = Number(reply.p);
    list.replaceChildren(table(heads, items(reply).map((each) => row(each))));
    pages(nav, reply, (other) => attempt(() => load(other)));
  }

  return { nodes: [list, nav], load };
}
