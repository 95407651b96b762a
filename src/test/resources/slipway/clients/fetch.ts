// Issues, uploads, lists and reads an error with the generated client.
import { readFileSync } from 'node:fs';
import { Configuration, ErrorReplyFromJSON, PhotoApi, ResponseError } from './client';

const [base, key, picture] = process.argv.slice(2);
const photos = new PhotoApi(new Configuration({ basePath: base, accessToken: key }));

async function main() {
  const issued = await photos.postPhotoGetUploadToken({
    returnUrl: 'http://a.test/', format: 'json', maxBytes: 5_000_000_000 });
  console.log('issued', issued.uploadtoken.maxBytes);
  const redeemed = await photos.postPhotoRedeemUploadToken({
    uploadToken: issued.uploadtoken.uploadToken, format: 'json',
    file: new File([readFileSync(picture)], 'cat.jpg') });
  console.log('uploaded', redeemed.upload?.photoId);
  const list = await photos.getPhotoList({ format: 'json', size: 1 });
  console.log('listed', list.photos[0].photoId);
  try {
    await photos.getPhotoList({ format: 'json', photoId: 999_999_999 });
  } catch (error) {
    if (error instanceof ResponseError) {
      const reply = ErrorReplyFromJSON(await error.response.json());
      console.log('error', error.response.status, reply.code);
    }
  }
}

main();
