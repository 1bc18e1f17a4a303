// Reads server-sent events as a page of a browser does, from the service that is named; prints what it got.
import { EventSource } from "eventsource";

const [base] = process.argv.slice(2);

/** The events of one stream up to a number of them, or to its end, after which a browser would connect again. */
function read(query, count) {
  return new Promise((resolve, reject) => {
    const events = [];
    let opened = 0;
    const source = new EventSource(`${base}/api/v1/stream${query}`);
    const end = () => {
      source.close();
      resolve({ opened, events });
    };
    source.onopen = () => opened++;
    source.onmessage = (event) => {
      events.push({ id: event.lastEventId, data: event.data });
      if (events.length === count) {
        end();
      }
    };
    source.onerror = (error) => {
      if (error.code === undefined && events.length > 0) {
        end(); // the stream's end
      } else {
        source.close();
        reject(new Error(`${error.code} ${error.message}`));
      }
    };
  });
}

const whole = await read("?length=10000", 1000);
const endless = await read("?rate=100000", 3);
const hexadecimal = await read("?length=5000&format=hex", 1000);
const refused = await read("?format=bytes", 1).catch((error) => error.message);
console.log(JSON.stringify({ whole, endless, hexadecimal, refused }));
