/** The codes of the server's own refusals of uploads, in alphabetical order. */
const CODES = [
  'error_processing_upload', 'invalid_input', 'invalid_upload_token', 'method_not_allowed', 'no_file',
  'no_such_method', 'no_such_photo', 'permission_denied', 'rate_limited', 'server_error', 'too_large',
  'upload_in_progress',
];

/**
 * The codes of which the server alone knows more, which of the ends of a link it is and what a file
 * is by its content, and the page's own texts that come before its words.
 */
const SERVERS_WORDS = {
  invalid_upload_token: ['token'],
  error_processing_upload: ['wrongType', 'wrongTypeOf'],
};

/**
 * An upload that did not work out. `code` is that of the API's reply or one of ours: `network`,
 * `unreadable`, `empty`, `wrong_type`. What is `passing` may work when it is simply tried again. One
 * that `isOfProxy` was answered by somebody else than Slipway.
 */
export class Failure extends Error {
  constructor(code, { message = '', said = '', status = 0, passing = false, retryAfter = 0, isOfProxy = false } = {}) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.said = said;
    this.status = status;
    this.passing = passing;
    this.retryAfter = retryAfter;
    this.isOfProxy = isOfProxy;
  }

  /** Whether trying again can never help, as the file itself is refused. */
  get isFinal() {
    const refusals = ['empty', 'wrong_type', 'too_large', 'unreadable', 'error_processing_upload'];
    return refusals.includes(this.code);
  }

  /** What an answer that is not a success says, whatever its status. */
  static of(answer) {
    const { code, message, error_message: said } = isOurs(answer) ? answer.json() : {};
    return new Failure(code ?? `http_${answer.status}`, {
      message,
      said,
      status: answer.status,
      passing: mayPass(answer, code),
      retryAfter: Number(answer.header('Retry-After')) || 0,
      isOfProxy: !isOurs(answer),
    });
  }

  /** The text about it while the next try is waited for. */
  get waitingKey() {
    if (this.code === 'upload_in_progress' || this.status === 423) {
      return 'waitingOther';
    }
    return this.status === 429 ? 'waitingMany' : this.status >= 500 ? 'waitingServer' : 'waiting';
  }

  /** What is said of an answer of somebody on the way, who has no words for visitors. */
  #byStatus() {
    if (!this.isOfProxy) {
      return undefined;
    }
    return this.status === 413 ? 'onTheWay' : this.status === 429 || this.status >= 500 ? 'busy' : undefined;
  }

  /** The visitor's words for it: those of the page where there are some, else those of the server. */
  text(texts, size, maxBytes, accept = '') {
    if (this.said && SERVERS_WORDS[this.code]?.every((key) => !texts.isOwn(key))) {
      return this.said;
    }
    const keys = {
      too_large: 'tooLarge',
      wrong_type: 'wrongType',
      error_processing_upload: 'wrongType',
      empty: 'empty',
      no_file: 'empty',
      invalid_upload_token: 'token',
      network: 'network',
      unreadable: 'unreadable',
      rate_limited: 'busy',
      server_error: 'busy',
      upload_in_progress: 'inProgress',
      permission_denied: 'elsewhere',
    };
    // The server may know of another limit than the page.
    const isVague = this.code === 'too_large' && !(size > maxBytes);
    const key = isVague ? null : keys[this.code] ?? this.#byStatus();
    if (key === 'wrongType' && accept !== '') {
      return texts.say('wrongTypeOf', { types: texts.types(accept) });
    }
    const [mine, limit] = texts.sizes(size, maxBytes);
    return key
      ? texts.say(key, { size: mine, limit })
      : this.said || this.message || texts.say('unknown');
  }
}

/**
 * Whether a refusal is Slipway's own. While it is deployed anew its container answers in its place,
 * and a proxy may at any time, be it in JSON.
 */
function isOurs(answer) {
  const { status, code } = answer.json();
  // In this order: browsers complain in the console when a header is asked for that may not be read.
  return (status === 'error' && CODES.includes(code)) || isOfTus(answer);
}

/** Whether an answer is of Slipway's door for tus: of an upload's end, its word alone counts. */
export function isOfTus(answer) {
  return answer.header('Tus-Resumable') !== null;
}

function mayPass(answer, code) {
  const { status } = answer;
  // 409 and 423: another request of the same upload is still at work (tus 1.0.0, PATCH).
  if ([408, 409, 423, 425, 429].includes(status) || status >= 500) {
    return true;
  }
  return isOurs(answer)
    ? ['rate_limited', 'server_error', 'upload_in_progress'].includes(code)
    : status < 400 || [404, 405, 410].includes(status);
}

/** The `upload` of an answer that says so, be it under a status of success. */
export function uploaded(answer) {
  const { status, upload } = answer.json();
  if (!answer.isOk || status !== 'ok' || !upload?.photo_id) {
    throw Failure.of(answer);
  }
  return upload;
}
