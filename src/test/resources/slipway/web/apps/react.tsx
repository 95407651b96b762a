// A page of React that makes all of its content in the browser.
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { DoneDetail } from 'slipway-upload/react';
import 'slipway-upload/react';

function App({ action, token }: { action: string; token: string }) {
  const [isOpen, setOpen] = useState(true);
  const [most, setMost] = useState(1);
  const [done, setDone] = useState<DoneDetail | null>(null);
  return (
    <>
      <button id="more" onClick={() => setMost(2)}>More</button>
      <button id="leave" onClick={() => setOpen(false)}>Leave</button>
      {isOpen && (
        <slipway-upload
          lang="de"
          max-files={most}
          auto={false}
          titles={false}
          drop-anywhere={false}
          texts={{ done: 'Ist da' }}
          onslipway-done={(event) => {
            event.preventDefault();
            setDone(event.detail);
          }}>
          <form action={action} method="post" encType="multipart/form-data">
            <input type="hidden" name="upload_token" value={token} />
            <input type="file" name="file" accept="image/*" required />
            <button>Upload</button>
          </form>
        </slipway-upload>
      )}
      <output>{done?.uploads.map(({ file, photo_id }) => `${file.name} is photo ${photo_id}`).join(', ')}</output>
    </>
  );
}

const root = document.querySelector<HTMLElement>('#root')!;
createRoot(root).render(
  <StrictMode>
    <App action={root.dataset.action!} token={root.dataset.token!} />
  </StrictMode>,
);
