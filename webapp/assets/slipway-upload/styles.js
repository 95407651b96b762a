// The look. A constructed sheet needs no leave from the page's policy. Pages may set the custom
// properties --slipway-accent, --slipway-accent-hover, --slipway-accent-text, --slipway-link,
// --slipway-radius and --slipway-font.

const RULES = `
:host {
  display: block;
  container-type: inline-size;
  --accent: var(--slipway-accent, #0b6bcb);
  --on-accent: var(--slipway-accent-text, #fff);
  --radius: var(--slipway-radius, 14px);
  --ink: #17212b;
  --soft: #566472;
  --line: #d5dde5;
  --dash: #7b8c9c;
  --ground: #fff;
  --tint: #f4f8fc;
  --link: var(--slipway-link, var(--slipway-accent, #0b5cb0));
  --bar: var(--slipway-link, var(--accent));
  --glow: color-mix(in srgb, var(--accent) 13%, var(--ground));
  --good: #0f7a45;
  --bad: #b3261e;
  --bad-ground: #fdf1f0;
  --wait: #8a5300;
}
:host([hidden]), [hidden] { display: none !important; }
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
/* Dark where the page is: a page that does not say so stays light, whatever the system. */
@supports (color: light-dark(#000, #fff)) {
  :host {
    --ink: light-dark(#17212b, #e8eef4);
    --soft: light-dark(#566472, #a3b1bf);
    --line: light-dark(#d5dde5, #36434f);
    --dash: light-dark(#7b8c9c, #73838f);
    --ground: light-dark(#fff, #18212a);
    --tint: light-dark(#f4f8fc, #1d2833);
    --link: var(--slipway-link, var(--slipway-accent, light-dark(#0b5cb0, #86bdf7)));
    --bar: var(--slipway-link, var(--slipway-accent, light-dark(#0b6bcb, #4a9df0)));
    --glow: light-dark(
      color-mix(in srgb, var(--bar) 13%, var(--ground)), color-mix(in srgb, var(--bar) 24%, var(--ground)));
    --good: light-dark(#0f7a45, #6fd39e);
    --bad: light-dark(#b3261e, #ff9d94);
    --bad-ground: light-dark(#fdf1f0, #35201f);
    --wait: light-dark(#8a5300, #f0bd6a);
  }
}
.uploader {
  font: 400 1rem/1.45 var(--slipway-font, system-ui, sans-serif);
  color: var(--ink);
  display: grid;
  gap: 12px;
  text-align: start;
}
p, ul { margin: 0; padding: 0; }
/* Chinese and Japanese are broken where a part of a sentence ends, if that does. */
button, label, .words, .notice, .unfinished, .status, .total { word-break: keep-all; }
.words, .notice, .unfinished, .status, .total { overflow-wrap: anywhere; }
ul { list-style: none; }
.icon {
  width: 1.25em; height: 1.25em; flex: none;
  fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round;
}
.icon-play { fill: currentColor; }
.icon-pause { stroke-width: 2.6; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}

.zone { position: relative; }
.zone > label {
  display: flex; flex-direction: column; align-items: center; gap: 14px;
  padding: 40px 24px; text-align: center; cursor: pointer;
  border: 1.5px dashed var(--dash); border-radius: var(--radius); background: var(--tint);
  transition: border-color .15s, background-color .15s;
}
.zone > label:hover, :host([data-over]) .zone > label { border-color: var(--accent); }
:host([data-over]) .zone > label { background: var(--glow); }
.zone input:focus-visible + label { outline: 3px solid var(--link); outline-offset: 2px; }
.badge {
  display: grid; place-items: center; width: 56px; height: 56px; border-radius: 50%;
  font-size: 1.25rem; color: var(--link);
  background: var(--glow);
  transition: transform .2s;
}
:host([data-over]) .badge { transform: translateY(-3px); background: var(--ground); }
.words { display: grid; gap: 3px; }
.choose { font-weight: 600; font-size: 1.0625rem; color: var(--link); }
.hint, .limits { color: var(--soft); font-size: .9375rem; }
.limits { font-size: .875rem; }
.now { display: none; font-weight: 600; font-size: 1.0625rem; color: var(--link); }
:host([data-over]) .now { display: block; }
:host([data-over]) .choose { display: none; }
:host([data-over]) .hint { visibility: hidden; }
.limits:empty { display: none; }
.zone.slim > label { flex-direction: row; padding: 12px 16px; text-align: start; }
.zone.slim .badge { width: 40px; height: 40px; font-size: 1rem; }
.zone.slim .choose, .zone.slim .now { font-size: 1rem; }
.zone.slim .limits { display: none; }
.zone.slim .words { gap: 0; }
.cameras { display: none; gap: 8px; margin-block-start: 8px; }
.cameras label { flex: 1; }
@media (pointer: coarse) {
  .hint { display: none; }
  .cameras { display: flex; flex-wrap: wrap; }
}

.notice { padding: 10px 14px; border-radius: calc(var(--radius) * .7); color: var(--bad); background: var(--bad-ground); font-size: .9375rem; }

.unfinished { padding-block: 12px; padding-inline: 14px 8px; border-radius: calc(var(--radius) * .7); background: var(--tint); border: 1px solid var(--line); font-size: .9375rem; }
.unfinished .heading { font-weight: 600; }
.unfinished li { display: flex; align-items: center; justify-content: space-between; gap: 8px; color: var(--soft); }

.files { display: grid; gap: 8px; }
.files:focus { outline: none; }
.files:focus-visible { outline: 3px solid var(--link); outline-offset: 3px; border-radius: var(--radius); }
.files li {
  display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: 14px;
  padding-block: 10px; padding-inline: 10px 8px;
  border: 1px solid var(--line); border-radius: var(--radius); background: var(--ground);
}
.preview {
  width: 60px; height: 60px; border-radius: calc(var(--radius) * .6); overflow: hidden;
  display: grid; place-items: center; color: var(--soft); background: var(--tint);
}
.preview img, .preview video { width: 60px; height: 60px; object-fit: cover; display: block; }
.about { display: grid; gap: 3px; }
.name { font-weight: 600; text-align: -webkit-match-parent; text-align: match-parent; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
input.title {
  min-height: 40px; width: 100%; box-sizing: border-box; margin-block: 4px; padding: 6px 10px;
  border: 1px solid var(--dash); border-radius: calc(var(--radius) * .5); font: inherit; color: inherit; background: none;
}
input.title:read-only { min-height: 0; padding: 0; border-color: transparent; }
input.title:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
input.title::placeholder { color: var(--soft); opacity: 1; }
.status { color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; }
[data-state=done] .status { color: var(--good); }
[data-state=failed] .status { color: var(--bad); }
[data-state=waiting] .status { color: var(--wait); }
progress {
  appearance: none; display: block; width: 100%; height: 6px; margin-top: 5px;
  border: 0; border-radius: 3px; overflow: hidden; background: var(--line);
}
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--bar); border-radius: 3px; transition: inline-size .3s; }
progress::-moz-progress-bar { background: var(--bar); border-radius: 3px; }
[data-state=paused] progress, [data-state=waiting] progress { opacity: .55; }

.acts { display: flex; align-items: center; }
.act {
  display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 50%;
  font: inherit; color: var(--soft); background: none; cursor: pointer;
}
.act:hover { color: var(--ink); background: color-mix(in srgb, var(--soft) 16%, transparent); }
button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.tick { display: none; }
[data-state=done] .tick {
  display: grid; place-items: center; width: 28px; height: 28px; margin: 8px; border-radius: 50%;
  color: var(--good); background: color-mix(in srgb, var(--good) 16%, transparent);
}
.tick .icon { stroke-width: 2.4; font-size: .875rem; }

/* Stays in view while the list is longer than the screen. */
.foot {
  position: sticky; inset-block-end: max(8px, env(safe-area-inset-bottom)); z-index: 1;
  display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 8px 12px;
  padding: 10px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--ground);
  box-shadow: 0 2px 12px rgb(0 0 0 / 12%);
}
.files button, .files input { scroll-margin-block-end: 150px; }
.total { flex: 1 1 12em; padding-inline-start: 4px; color: var(--soft); font-variant-numeric: tabular-nums; }
.primary, .secondary {
  min-height: 48px; padding: 10px 26px; border-radius: calc(var(--radius) * .7); border: 1.5px solid transparent;
  font: inherit; font-weight: 600; cursor: pointer; user-select: none;
}
.all, .cameras label {
  display: flex; align-items: center; justify-content: center; gap: 6px;
  min-height: 44px; padding: 6px 14px; border: 1.5px solid var(--line); border-radius: calc(var(--radius) * .7);
  font: inherit; font-size: .9375rem; font-weight: 600; color: var(--link); background: none; cursor: pointer;
  user-select: none;
}
.cancel { order: -1; }
.cameras label { padding-inline: 8px; }
.all:hover, .cameras label:hover { border-color: currentColor; }
.primary { color: var(--on-accent); background: var(--accent); }
.primary:hover { background: var(--slipway-accent-hover, color-mix(in srgb, var(--accent) 88%, #000)); }
.secondary { color: var(--link); background: none; border-color: currentColor; }
@container (max-width: 480px) {
  .zone > label { padding: 32px 16px; }
  .files li { gap: 10px; }
  .preview, .preview img, .preview video { width: 48px; height: 48px; }
  .total { flex-basis: 8em; }
  .total:empty { display: none; }
  .primary, .secondary, .all { flex: 1 0 100%; }
  .cancel { order: 0; flex: none; padding-inline: 8px; }
}
@media (prefers-reduced-motion: reduce) {
  * { transition: none !important; }
}
@media (forced-colors: active) {
  progress, .files li { border: 1px solid CanvasText; }
  progress::-webkit-progress-value { background: Highlight; }
}
`;

let made = null;

/** The sheet that all elements share: made with the first, as there is none on a server that renders pages. */
export function sheet() {
  if (made === null) {
    made = new CSSStyleSheet();
    made.replaceSync(RULES);
  }
  return made;
}
