// Azurite's Blob service, for as long as the process that started it keeps this one's standard input open.
process.stdin.on('end', () => process.exit(0)).resume();
require('azurite/dist/src/blob/main.js');
