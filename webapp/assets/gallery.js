// Arrow keys go to the next and the previous photo, unless they are for a control of the page.
const keys = { ArrowLeft: 'prev', ArrowRight: 'next' };

document.addEventListener('keydown', (event) => {
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (keys[event.key] && plain && !event.target.closest('video, input, textarea')) {
    document.querySelector(`a[rel=${keys[event.key]}]`)?.click();
  }
});
