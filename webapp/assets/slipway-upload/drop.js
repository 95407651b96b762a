// Files that are dropped or pasted.

/** What systems leave in folders, and nobody means. */
const LEFT_BY_SYSTEMS = /^(\.ds_store|\._.*|thumbs\.db|desktop\.ini)$/i;

/** The files of a drop or a paste, those in dropped folders included. */
export async function filesOf(transfer) {
  // Both are to be read at once: the transfer is empty after the event.
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory)) {
    return files;
  }
  const found = await Promise.all(entries.filter(Boolean).map(filesIn));
  return found.flat();
}

async function filesIn(entry) {
  if (entry.isFile) {
    return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  }
  const reader = entry.createReader();
  const found = [];
  // A reader gives the entries of a folder a hundred at a time.
  for (let some = await read(reader); some.length > 0; some = await read(reader)) {
    const meant = some.filter(({ name }) => !LEFT_BY_SYSTEMS.test(name));
    found.push(...(await Promise.all(meant.map(filesIn))).flat());
  }
  return found;
}

function read(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

/**
 * Takes the drops on an area for an element in it, which has the attribute `data-over` while files
 * are over that.
 */
export function takeDrops(element, area, onfiles, signal) {
  let depth = 0;
  const listen = (type, act) =>
    area.addEventListener(type, (event) => {
      if (event.dataTransfer?.types.includes('Files')) {
        event.preventDefault();
        act(event);
      }
    }, { signal });
  const over = (change) => {
    depth = Math.max(0, change);
    element.toggleAttribute('data-over', depth > 0);
  };
  listen('dragenter', () => over(depth + 1));
  listen('dragleave', () => over(depth - 1));
  listen('dragover', (event) => {
    event.dataTransfer.dropEffect = 'copy';
  });
  listen('drop', async (event) => {
    over(0);
    onfiles(await filesOf(event.dataTransfer));
  });
}

/** Takes files that are pasted anywhere on the page, unless something else did. */
export function takePastes(onfiles, signal) {
  document.addEventListener('paste', async (event) => {
    if (!event.defaultPrevented && event.clipboardData?.files.length > 0) {
      event.preventDefault();
      onfiles(await filesOf(event.clipboardData));
    }
  }, { signal });
}
