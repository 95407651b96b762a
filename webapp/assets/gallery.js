// Arrow keys go to the next and the previous photo, unless they are for a control of the page.
const keys = document.dir === 'rtl'
  ? { ArrowLeft: 'next', ArrowRight: 'prev' } : { ArrowLeft: 'prev', ArrowRight: 'next' };

document.addEventListener('keydown', (event) => {
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (keys[event.key] && plain && !event.target.closest('video, input, textarea')) {
    document.querySelector(`a[rel=${keys[event.key]}]`)?.click();
  }
});

// A chapter's link, here or on another page, takes the video to where it begins.
function goToChapter() {
  const chapter = document.getElementById(location.hash.slice(1));
  const video = document.querySelector('video');
  if (video && chapter?.dataset.start) {
    video.currentTime = Number(chapter.dataset.start);
  }
}

addEventListener('hashchange', goToChapter);
document.addEventListener('click', (event) => {
  if (event.target.closest('.sections a')?.hash === location.hash) {
    goToChapter(); // Again: the address stays the same.
  }
});
goToChapter();
