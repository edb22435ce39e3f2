/** `?mock=denied`, `down`, `stale`, `empty`, `trino` (nothing else), `fleet` (another cluster, down), `loading` (SLOs), `broken` (a file of SLOs) or `many` (SLOs) shows how that looks. */
export const mode = new URLSearchParams(window.location.search).get('mock');

/** A backend that can not be reached. */
export const silent = async () => {
  throw new TypeError('Failed to fetch');
};
