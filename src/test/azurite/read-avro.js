// Prints each record of a Capture file as one line of JSON, bytes in hexadecimal, as avsc reads it.
const avsc = require('avsc');

const hex = (_, value) => (value && value.type === 'Buffer' ? Buffer.from(value.data).toString('hex') : value);

avsc
  .createFileDecoder(process.argv[2])
  .on('data', (record) => console.log(JSON.stringify(record, hex)))
  .on('error', (problem) => {
    console.error(problem.message);
    process.exit(1);
  });
