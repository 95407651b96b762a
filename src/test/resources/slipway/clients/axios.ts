// Issues, uploads, lists and reads an error with the generated client.
import { readFileSync } from 'node:fs';
import { isAxiosError } from 'axios';
import { Configuration, ErrorReply, PhotoApi } from './client';

const [base, key, picture] = process.argv.slice(2);
const photos = new PhotoApi(new Configuration({ basePath: base, accessToken: key }));

async function main() {
  const issued = (await photos.postPhotoGetUploadToken({
    returnUrl: 'http://a.test/', format: 'json', maxBytes: 5_000_000_000 })).data;
  console.log('issued', issued.uploadtoken.max_bytes);
  const redeemed = (await photos.postPhotoRedeemUploadToken({
    uploadToken: issued.uploadtoken.upload_token, format: 'json',
    file: new File([readFileSync(picture)], 'cat.jpg') })).data;
  console.log('uploaded', redeemed.upload?.photo_id);
  const list = (await photos.getPhotoList({ format: 'json', size: 1 })).data;
  console.log('listed', list.photos[0].photo_id);
  try {
    await photos.getPhotoList({ format: 'json', photoId: 999_999_999 });
  } catch (error) {
    if (isAxiosError<ErrorReply>(error)) {
      console.log('error', error.response?.status, error.response?.data.code);
    }
  }
}

main();
