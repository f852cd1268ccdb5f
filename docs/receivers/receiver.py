# python3 receiver.py, with SECRET=whsec_... and PORT. Prints each event once, in each agent's order.
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))
seen = {}  # agent -> its newest sequence; keep it in your database, in the transaction of your own work

def is_genuine(headers, body):
    if abs(time.time() - int(headers["webhook-timestamp"])) > 300:
        return False
    head = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.'.encode()
    wanted = "v1," + base64.b64encode(hmac.new(KEY, head + body, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(wanted, given) for given in headers["webhook-signature"].split(" "))

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        genuine = is_genuine(self.headers, body)
        event = json.loads(body) if genuine else {}
        if genuine and event.get("sequence", 0) > seen.get(event.get("agent_uuid"), 0):  # what is not newer was here before
            print(event["event"], event["agent_name"], event["sequence"], flush=True)
            seen[event["agent_uuid"]] = event["sequence"]
        self.send_response(204 if genuine else 401)
        self.end_headers()

ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Receiver).serve_forever()
