// One HTTP request with progress of what is sent, which fetch still cannot tell.
import { Failure } from './failure.js';

/** How long a connection may show no sign of life while bytes go, in milliseconds. */
const IDLE_MILLIS = 90_000;

/** How often the server is asked for a sign of life, once all bytes are gone. */
const ASK_MILLIS = 30_000;

/** So many questions without an answer, one after the other, and the connection is lost. */
const MOST_UNANSWERED = 2;

/**
 * Sends a request and gives its answer, whatever its status. Where `ask` is given, a promise of any
 * answer of the server, the answer may come as late as it likes once all bytes are gone: a proxy on
 * the way may have taken them fast, and pass them on slowly.
 * @throws {Failure} `network` when there is none; the signal's reason when it is aborted
 */
export function send({ method, url, headers = {}, body = null, signal, onprogress, ask }) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    const lost = () => end(() => reject(new Failure('network', { passing: true })));
    let timer;
    let settled = false;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        request.abort();
        lost();
      }, IDLE_MILLIS);
    };
    const asks = async () => {
      clearTimeout(timer);
      for (let unanswered = 0; unanswered < MOST_UNANSWERED && !settled;) {
        await new Promise((resolve) => (timer = setTimeout(resolve, ASK_MILLIS)));
        unanswered = (await ask().then(() => true, () => false)) ? 0 : unanswered + 1;
      }
      if (!settled) {
        request.abort();
        lost();
      }
    };
    const aborted = () => {
      request.abort();
      end(() => reject(signal.reason));
    };
    const end = (settle) => {
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      settle();
    };
    signal?.addEventListener('abort', aborted);
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    if (body) {
      request.upload.onprogress = (event) => {
        alive();
        onprogress?.(event.loaded);
      };
      if (ask) {
        request.upload.onload = asks;
      }
    }
    request.onload = () => end(() => resolve(answer(request)));
    request.onerror = lost;
    alive();
    request.send(body);
  });
}

function answer(request) {
  return {
    status: request.status,
    isOk: request.status >= 200 && request.status < 300,
    header: (name) => request.getResponseHeader(name),
    json: () => {
      try {
        return JSON.parse(request.responseText) ?? {};
      } catch {
        return {};
      }
    },
  };
}
