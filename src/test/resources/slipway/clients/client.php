<?php
// Issues, uploads, lists and reads an error with the generated client.
require __DIR__ . '/autoload.php';

[, $base, $key, $picture] = $argv;
$settings = OpenAPI\Client\Configuration::getDefaultConfiguration()
    ->setHost($base)
    ->setAccessToken($key);
$photos = new OpenAPI\Client\Api\PhotoApi(new GuzzleHttp\Client(), $settings);

$issued = $photos->postPhotoGetUploadToken(
    return_url: 'http://a.test/', format: 'json', max_bytes: 5_000_000_000);
echo 'issued ', $issued->getUploadtoken()->getMaxBytes(), "\n";

$redeemed = $photos->postPhotoRedeemUploadToken(
    upload_token: $issued->getUploadtoken()->getUploadToken(),
    format: 'json',
    file: new SplFileObject($picture));
echo 'uploaded ', $redeemed->getUpload()->getPhotoId(), "\n";

$list = $photos->getPhotoList(format: 'json', size: 1);
echo 'listed ', $list->getPhotos()[0]->getPhotoId(), "\n";

try {
    $photos->getPhotoList(format: 'json', photo_id: 999_999_999);
} catch (OpenAPI\Client\ApiException $error) {
    $reply = $error->getResponseObject();
    echo 'error ', $error->getCode(), ' ', $reply->getCode(), "\n";
}
