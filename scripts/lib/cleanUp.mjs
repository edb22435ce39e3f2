const tasks = [];
let stopping = false;

/** Has `work` done when a person stops the task; answers how to take that back. */
export function onStop(work) {
  tasks.push(work);
  return () => {
    const at = tasks.indexOf(work);
    if (at >= 0) tasks.splice(at, 1);
  };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    console.log('\n• Stopping');
    while (tasks.length > 0) await tasks.pop()();
    process.exit(130);
  });
}
