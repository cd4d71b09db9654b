/** The waits between attempts to reach a server that does not answer. */

const firstWait = 1_000;
const longestWait = 15_000;

export const growingWait = attempts => Math.min(longestWait, firstWait * 2 ** attempts);

/** Ends early when the browser reports that the network is back. */
export function pauseUntilOnline(milliseconds) {
  return new Promise(resolve => {
    const timer = setTimeout(end, milliseconds);
    window.addEventListener('online', end);

    function end() {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      resolve();
    }
  });
}
