// A page of React that a server renders. The element takes the form once React has taken the page.
import { useEffect, useRef, useState } from 'react';
import type { SlipwayUpload, SlipwayUploadEventMap } from 'slipway-upload/react';

export function Page({ action, token }: { action: string; token: string }) {
  const [photo, setPhoto] = useState('');
  const uploader = useRef<SlipwayUpload>(null);
  useEffect(() => {
    const element = uploader.current!;
    const done = (event: SlipwayUploadEventMap['slipway-done']) => {
      event.preventDefault();
      setPhoto(event.detail.uploads.map(({ file, photo_id }) => `${file.name} is photo ${photo_id}`).join());
    };
    element.addEventListener('slipway-done', done);
    import('slipway-upload');
    return () => element.removeEventListener('slipway-done', done);
  }, []);
  return (
    <>
      <slipway-upload
        ref={uploader}
        lang="da"
        auto
        max-files={1}
        text-done="Så er den hjemme">
        <form action={action} method="post" encType="multipart/form-data">
          <input type="hidden" name="upload_token" value={token} />
          <input type="file" name="file" accept="image/*" required />
          <button>Upload</button>
        </form>
      </slipway-upload>
      <output>{photo}</output>
    </>
  );
}
