// Ends the session that lets this browser into a closed site.
const button = document.querySelector('#leave');

button.addEventListener('click', async () => {
  button.disabled = true;
  try {
    await fetch(new URL(`${document.body.dataset.base}api/session/sign-out`, location.href), {
      method: 'POST',
      headers: { 'X-Slipway-Session': '1' },
    });
  } finally {
    window.location.reload();
  }
});
button.hidden = false;
