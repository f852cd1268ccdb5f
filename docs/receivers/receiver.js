// node receiver.js, with SECRET=whsec_... and PORT. Prints each event once, in each agent's order.
const { createHmac, timingSafeEqual } = require('node:crypto');
const key = Buffer.from(process.env.SECRET.replace('whsec_', ''), 'base64');
const seen = new Map(); // agent -> its newest sequence; keep it in your database, in the transaction of your own work

function isGenuine(headers, body) {
  if (Math.abs(Date.now() / 1000 - headers['webhook-timestamp']) > 300) return false;
  const wanted = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest();
  return headers['webhook-signature'].split(' ').map(s => Buffer.from(s.replace('v1,', ''), 'base64'))
    .some(given => given.length === wanted.length && timingSafeEqual(given, wanted));
}

require('node:http').createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk)).on('end', () => {
    const body = Buffer.concat(chunks).toString();
    if (!isGenuine(request.headers, body)) return response.writeHead(401).end();
    const event = JSON.parse(body);
    if (event.sequence > (seen.get(event.agent_uuid) ?? 0)) { // what is not newer was here before
      console.log(event.event, event.agent_name, event.sequence);
      seen.set(event.agent_uuid, event.sequence);
    }
    response.writeHead(204).end();
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
