// Says so where the browser cannot play the video, and offers its file. Events of media do not
// bubble, and another video may take the place of this one.

/** Without its picture, some browsers play the sound alone. */
function show(video) {
  const note = document.getElementById('unplayable');
  if (note && video instanceof HTMLVideoElement) {
    const isBlack = video.readyState > 0 && video.videoWidth === 0;
    note.hidden = !(video.error || isBlack || video.networkState === video.NETWORK_NO_SOURCE);
  }
}

for (const event of ['error', 'loadedmetadata', 'resize']) {
  document.addEventListener(event, ({ target }) => show(target), true);
}
show(document.querySelector('video'));
