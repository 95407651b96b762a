// A network for the element's requests, in the place of the browser's.

/**
 * Has each request answered by `answer(request)`, which gives `{status, headers, body}`, or null for
 * a connection that is lost, or {@link SILENCE}. Requests are `{method, path, headers, body}`; gives all there were.
 */
export function answering(answer) {
  const requests = [];
  globalThis.XMLHttpRequest = class {
    upload = {};
    #request = { headers: {} };
    #headers = {};

    open(method, url) {
      Object.assign(this.#request, { method, path: new URL(url).pathname });
    }

    setRequestHeader(name, value) {
      this.#request.headers[name] = value;
    }

    getResponseHeader(name) {
      return this.#headers[name] ?? null;
    }

    abort() {
      this.isAborted = true;
    }

    send(body) {
      this.#request.body = body;
      requests.push(this.#request);
      queueMicrotask(() => {
        const said = answer(this.#request, this);
        if (said === SILENCE) {
          return;
        }
        if (said === null) {
          this.onerror();
          return;
        }
        this.status = said.status;
        this.#headers = said.headers ?? {};
        this.responseText = typeof said.body === 'object' ? JSON.stringify(said.body) : (said.body ?? '');
        this.onload();
      });
    }
  };
  return requests;
}

/** What a connection says that says nothing, and stays. */
export const SILENCE = Symbol('silence');

/** What a container says of an application that it does not have now. */
export const NOT_FOUND = { status: 404, body: '<!doctype html><h1>HTTP Status 404 – Not Found</h1>' };

/** What a gateway may say in the server's place, in a form like the server's own (JSend). */
export const NO_ROUTE = { status: 404, body: { status: 'error', message: 'no route' } };

/** The page's form, with these fields. */
export function form(fields = []) {
  return {
    action: 'https://media.test/api/photo/redeem-upload-token',
    filesUrl: 'https://media.test/files/',
    token: 'abc',
    lang: 'da',
    ask: async () => {},
    number: () => undefined,
    fields: () => [['upload_token', 'abc'], ...fields],
  };
}
