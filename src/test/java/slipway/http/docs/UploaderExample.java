package slipway.http.docs;

/** A library with an example in {@code docs/uploaders.md}. */
enum UploaderExample {
  DROPZONE("Dropzone", 3),
  FINE_UPLOADER("Fine Uploader", 3),
  PLUPLOAD("Plupload", 3),
  BLUEIMP("jQuery File Upload", 3),
  UPPY("Uppy", 1),
  UPPY_TUS("Uppy with tus", 4),
  FILEPOND("FilePond", 1),
  FILEPOND_CHUNKS("FilePond with chunks", 4),
  UPLOADY("Uploady", 3),
  UPLOADY_TUS("Uploady with tus", 4);

  final String heading;

  /** How many it makes of a file of three chunks. */
  final int requests;

  UploaderExample(String heading, int requests) {
    this.heading = heading;
    this.requests = requests;
  }
}
