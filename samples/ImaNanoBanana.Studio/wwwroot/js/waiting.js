/** The waits between attempts to reach a server that does not answer. */

const firstWait = 1_000;
const longestWait = 15_000;

export const growingWait = attempts => Math.min(longestWait, firstWait * 2 ** attempts);

const pauses = new Set();

window.addEventListener('online', endPauses);

/** Ends early when the network or the server is back. */
export function pause(milliseconds) {
  return new Promise(resolve => {
    const timer = setTimeout(end, milliseconds);
    pauses.add(end);

    function end() {
      clearTimeout(timer);
      pauses.delete(end);
      resolve();
    }
  });
}

/** Whoever waits for the server tries again now. */
export function endPauses() {
  pauses.forEach(end => end());
}
