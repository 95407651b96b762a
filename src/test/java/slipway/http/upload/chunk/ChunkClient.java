package slipway.http.upload.chunk;

/** The clients that send chunks, each by both of its methods. */
enum ChunkClient {
  RESUMABLE_JS_FORM("Resumable", "multipart"),
  RESUMABLE_JS_OCTET("Resumable", "octet"),
  FLOW_JS_FORM("Flow", "multipart"),
  FLOW_JS_OCTET("Flow", "octet");

  private final String constructor;
  private final String method;

  ChunkClient(String constructor, String method) {
    this.constructor = constructor;
    this.method = method;
  }

  /** The name of its constructor in JavaScript. */
  String constructor() {
    return constructor;
  }

  /** The value of its option {@code method}. */
  String method() {
    return method;
  }
}
