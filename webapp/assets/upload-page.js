// The hosted upload page: keeps the time that is left up to date, in the page's language.
const { lang } = document.documentElement;
const open = document.querySelector('#open');
const time = document.querySelector('#valid-until');
const until = new Date(time.dateTime);
const unit = (value, name) =>
  value.toLocaleString(lang, { style: 'unit', unit: name, unitDisplay: 'long', numberingSystem: 'latn' });

time.title = until.toLocaleString(lang, { numberingSystem: 'latn' });
const ticker = setInterval(show, 10_000);
show();

function show() {
  const minutes = Math.floor((until - Date.now()) / 60_000);
  if (minutes < 0) {
    // Uploads under way go on; the page as it is now says that no new one may start.
    open.textContent = open.dataset.closed;
    clearInterval(ticker);
    return;
  }
  const hours = Math.floor(minutes / 60);
  const rest = Math.max(hours > 0 ? 0 : 1, minutes % 60);
  const parts = [hours > 0 && unit(hours, 'hour'), rest > 0 && unit(rest, 'minute')].filter(Boolean);
  time.textContent = parts.length < 2
    ? parts[0]
    : time.dataset.both.replace(/\{(\d)\}/g, (whole, i) => parts[i]);
}
