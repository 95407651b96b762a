// The page of a standing link: copies its address.
const copy = document.querySelector('#copy');

if (copy && navigator.clipboard) {
  const { textContent } = copy;
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.querySelector('#address').href);
    copy.textContent = copy.dataset.copied;
    setTimeout(() => (copy.textContent = textContent), 3000);
  });
}
