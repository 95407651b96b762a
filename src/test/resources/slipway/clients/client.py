"""Issues, uploads, lists and reads an error with the generated client."""
import json
import sys

import openapi_client

base, key, picture = sys.argv[1:]
client = openapi_client.ApiClient(openapi_client.Configuration(host=base, access_token=key))
photos = openapi_client.PhotoApi(client)

issued = photos.post_photo_get_upload_token(
    return_url="http://a.test/", format="json", max_bytes=5_000_000_000
)
print("issued", issued.uploadtoken.max_bytes)

redeemed = photos.post_photo_redeem_upload_token(
    upload_token=issued.uploadtoken.upload_token, format="json", file=picture
)
print("uploaded", redeemed.upload.photo_id)

print("listed", photos.get_photo_list(format="json", size=1).photos[0].photo_id)

try:
    photos.get_photo_list(format="json", photo_id=999_999_999)
except openapi_client.ApiException as error:
    print("error", error.status, json.loads(error.body)["code"])
