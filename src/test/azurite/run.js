// Azurite's Blob service, for as long as the process that started it keeps this one's standard input open. It then ends
// as after a signal, with what it holds on the disk.
process.stdin
  .on('end', () => {
    process.emit('SIGTERM');
    setTimeout(() => process.exit(1), 10_000).unref();
  })
  .resume();
require('azurite/dist/src/blob/main.js');
