// Ends the session that lets this browser into a closed site.
const button = document.querySelector('#leave');

button.addEventListener('click', async () => {
  button.disabled = true;
  try {
    await fetch(new URL('../api/session/sign-out', import.meta.url), {
      method: 'POST',
      headers: { 'X-Slipway-Session': '1' },
    });
  } finally {
    window.location.reload();
  }
});
button.hidden = false;
