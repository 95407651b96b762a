/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Language, TextKey } from '../lib/keys.js';
import type { Text } from './texts.js';

export type { Language, Text, TextKey };

/**
 * Where a file is: `ready` for the visitor to start, `queued` for its turn, `waiting` for the next try.
 */
export type UploadState = 'ready' | 'queued' | 'sending' | 'waiting' | 'paused' | 'done' | 'failed';

/**
 * Why a file failed: a code of the API, one of the uploader's own (`empty`, `network`, `unreadable`,
 * `wrong_type`, `unknown`), or the status of an answer that was not Slipway's.
 */
export type UploadErrorCode =
  | 'empty'
  | 'error_processing_upload'
  | 'invalid_input'
  | 'invalid_upload_token'
  | 'method_not_allowed'
  | 'network'
  | 'no_file'
  | 'no_such_method'
  | 'no_such_photo'
  | 'permission_denied'
  | 'rate_limited'
  | 'server_error'
  | 'too_large'
  | 'unknown'
  | 'unreadable'
  | 'upload_in_progress'
  | 'wrong_type'
  | `http_${number}`;

/** A finished upload. */
export interface Upload {
  /** As it was sent: a picture that `max-pixels` made smaller is another file than the visitor chose. */
  file: File;
  photo_id: string;
  tree_id: string;
  /** The secret in the addresses of the photo. */
  token: string;
  /** Where the visitor would go to; missing if the server calls that itself (`background_return_p`). */
  callback_url?: string;
}

/** What `slipway-progress` tells. */
export interface ProgressDetail {
  file: File;
  state: UploadState;
  /** Bytes. */
  sent: number;
  /** Bytes. */
  size: number;
  /** How much of all files is sent, from 0 to 1. */
  total: number;
}

/** What `slipway-error` tells. */
export interface ErrorDetail extends ProgressDetail {
  code: UploadErrorCode;
  /** For the visitor, in the language of the page. */
  message: string;
  /** Of the HTTP answer; 0 where there was none. */
  status: number;
}

/** What `slipway-done` tells. */
export interface DoneDetail {
  uploads: Upload[];
  /** Where the visitor is taken to, unless the event is cancelled. */
  callback_url: string | null;
}

/** The events, which bubble and can be cancelled, by their names. */
export interface SlipwayUploadEventMap {
  /** Something changed. */
  'slipway-progress': CustomEvent<ProgressDetail>;
  /** A file failed. Cancel it to show the message yourself. */
  'slipway-error': CustomEvent<ErrorDetail>;
  /** All files are uploaded. Cancel it to stay on the page. */
  'slipway-done': CustomEvent<DoneDetail>;
}

/** The attributes. A flag is on if it is there with any value but `false`. */
export interface SlipwayUploadAttributes {
  /** Starts as soon as a file is chosen. */
  auto?: boolean | '' | undefined;
  /** Takes files that are dropped anywhere on the page. */
  'drop-anywhere'?: boolean | '' | undefined;
  /** Where tus uploads go: `/files/` beside the API. */
  'files-url'?: string | undefined;
  /** The language of the texts, as BCP 47 names it; by default that of the page. */
  lang?: string | undefined;
  /** The largest file, in bytes. */
  'max-bytes'?: number | string | undefined;
  /** How many files: the token's `max_uploads`. By default 10 if the file field is `multiple`, else 1. */
  'max-files'?: number | string | undefined;
  /** Pictures with more pixels, width by height, are made smaller before they are sent. */
  'max-pixels'?: number | string | undefined;
  /** How many bytes one request of a big file carries; 32 MiB by default. */
  'piece-bytes'?: number | string | undefined;
  /** Files from this many bytes on are sent in pieces; 8 MiB by default. */
  'resumable-from'?: number | string | undefined;
  /** By default as the page's `color-scheme`. */
  theme?: 'light' | 'dark' | undefined;
  /** Lets the visitor write a title for each file. */
  titles?: boolean | '' | undefined;
  /** A text of your own, by its key in kebab case, such as `text-drop-now`. */
  [text: `text-${string}`]: string | undefined;
}

/** Texts by their key; one that is undefined is as if it were not there. */
export type Texts = { [Key in TextKey]?: Text | undefined };

/** `<slipway-upload>`: turns the upload form in it, or around it, into a resumable uploader. */
export class SlipwayUpload extends HTMLElement {
  /** The texts by language; add a language of your own, or import one instead of having it fetched. */
  static texts: Record<string, Texts>;

  /** The attribute of this name. */
  auto: boolean;
  /** The attribute `drop-anywhere`. */
  dropAnywhere: boolean;
  /** The attribute `files-url`. */
  filesUrl: string | null;
  /** The attribute `max-bytes`. */
  maxBytes: number | null;
  /** The attribute `max-files`. */
  maxFiles: number | null;
  /** The attribute `max-pixels`. */
  maxPixels: number | null;
  /** The attribute `piece-bytes`. */
  pieceBytes: number | null;
  /** The attribute `resumable-from`. */
  resumableFrom: number | null;
  /** The attribute of this name. */
  theme: string | null;
  /** The attribute of this name. */
  titles: boolean;

  /** Texts of your own by their key. */
  get texts(): Texts;
  set texts(texts: Texts | null | undefined);

  /** The finished uploads. */
  readonly uploads: Upload[];

  /** Adds files as if the visitor had chosen them. */
  add(files: Iterable<File>): void;
  /** Starts the files that are ready, if the form is filled in. */
  start(): void;
  /** Pauses all that is under way. */
  pause(): void;
  /** Resumes all that is paused. */
  resume(): void;

  addEventListener<K extends keyof SlipwayUploadEventMap>(
    type: K,
    listener: (this: SlipwayUpload, event: SlipwayUploadEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: HTMLElement, event: HTMLElementEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof SlipwayUploadEventMap>(
    type: K,
    listener: (this: SlipwayUpload, event: SlipwayUploadEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: HTMLElement, event: HTMLElementEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}
