// Shows all of a long title at a touch, and two lines of it again at the next.
const title = document.querySelector('.title');

title?.addEventListener('click', () => title.classList.toggle('whole'));
