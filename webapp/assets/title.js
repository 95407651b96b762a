// Shows all of a long title at a touch, and two lines of it again at the next.
document.addEventListener('click', ({ target }) => {
  target.closest('.title')?.classList.toggle('whole');
});
