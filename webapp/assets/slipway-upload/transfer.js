// One HTTP request with progress of what is sent, which fetch still cannot tell.
import { Failure } from './failure.js';

/** How long a connection may show no sign of life, in milliseconds. */
const IDLE_MILLIS = 90_000;

/**
 * Sends a request and gives its answer, whatever its status.
 * @throws {Failure} `network` when there is none; the signal's reason when it is aborted
 */
export function send({ method, url, headers = {}, body = null, signal, onprogress }) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    const lost = () => end(() => reject(new Failure('network', { passing: true })));
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        request.abort();
        lost();
      }, IDLE_MILLIS);
    };
    const aborted = () => {
      request.abort();
      end(() => reject(signal.reason));
    };
    const end = (settle) => {
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
