/** The requests to the server. Each one gives its answer or throws a ProblemError; only a wanted abort throws an AbortError. */

import { texts } from './texts.js';

/** isDecided: the server has decided about the request. Otherwise its outcome is open, and an order is sent again with its key. */
export class ProblemError extends Error {
  constructor(problem, isDecided) {
    super(problem.title);
    this.problem = problem;
    this.isDecided = isDecided;
  }
}

/** An order whose answer does not come is sent again with the same key, so waiting for longer gains nothing. */
const longestWaitForOrder = 60_000;

export const getSettings = language => request('/settings', { query: { language } });

export const getUsage = () => request('/usage', {});

export const getImages = (language, before) => request('/images', { query: { language, before } });

export const postQuote = (order, language, signal) => request('/quotes', { query: { language }, json: order, signal });

export const postReference = (file, language, signal) =>
  request('/references', { query: { language }, body: file, headers: { 'Content-Type': file.type }, signal });

export function postImage(order, key, language) {
  const signal = AbortSignal.timeout(longestWaitForOrder);
  return request('/images', { query: { language }, json: order, headers: { 'Idempotency-Key': key }, signal });
}

/** Tries a failed image again with its own key: what was charged is not charged again. */
export const postRetry = (id, language) =>
  request(`/images/${encodeURIComponent(id)}/retry`, { method: 'POST', query: { language } });

/** The Problem that a caught error stands for. */
export const problemOf = error => (error instanceof ProblemError ? error.problem : noAnswer());

async function request(path, { method, query = {}, json, body = json && JSON.stringify(json), headers = {}, signal }) {
  let answer;
  let content;
  try {
    answer = await fetch(address(path, query), {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: json ? { ...headers, 'Content-Type': 'application/json' } : headers,
      body,
      signal,
    });
    content = await answer.text();
  } catch (error) {
    throw error.name === 'AbortError' ? error : new ProblemError(noAnswer(), false);
  }

  const value = parse(content);
  if (answer.ok && value) {
    return value;
  }

  // Without a kind it is a breakdown, or an answer of something before the app, such as a proxy.
  const { status } = answer;
  const isClientError = status >= 400 && status < 500 && status !== 408 && status !== 429;
  const problem = !answer.ok && typeof value?.title === 'string' ? value : unreadable(status);
  throw new ProblemError(problem, problem.kind !== undefined || isClientError);
}

function address(path, query) {
  const given = Object.entries(query).filter(([, value]) => value);
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}

function parse(content) {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

const noAnswer = () => ({ title: texts().noAnswerTitle, detail: texts().noAnswerDetail, status: 0 });

const unreadable = status => ({
  title: texts().errorTitle,
  detail: status === 404 ? texts().notFoundDetail : texts().errorDetail(status),
  status,
});
