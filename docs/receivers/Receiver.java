// java Receiver.java, with SECRET=whsec_... and PORT. Prints each event once, in each agent's order.
import com.sun.net.httpserver.*;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.*;

class Receiver {
    // agent -> its newest sequence; keep it in your database, in the transaction of your own work
    static final Map<String, Long> SEEN = new ConcurrentHashMap<>();

    public static void main(String[] arguments) throws Exception {
        byte[] key = Base64.getDecoder().decode(System.getenv("SECRET").replace("whsec_", ""));
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
        server.createContext("/", request -> {
            byte[] body = request.getRequestBody().readAllBytes();
            boolean genuine = isGenuine(key, request.getRequestHeaders(), body);
            if (genuine) take(new String(body, "UTF-8"));
            request.sendResponseHeaders(genuine ? 204 : 401, -1);
        });
        server.start();
    }

    static boolean isGenuine(byte[] key, Headers headers, byte[] body) {
        try {
            String timestamp = headers.getFirst("webhook-timestamp");
            if (Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(timestamp)) > 300) return false;
            var mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new javax.crypto.spec.SecretKeySpec(key, "HmacSHA256"));
            mac.update((headers.getFirst("webhook-id") + "." + timestamp + ".").getBytes());
            byte[] wanted = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes();
            return Arrays.stream(headers.getFirst("webhook-signature").split(" "))
                    .anyMatch(given -> MessageDigest.isEqual(given.getBytes(), wanted));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static synchronized void take(String event) { // use your JSON library; this needs none
        String agent = field(event, "agent_uuid");
        long sequence = Long.parseLong("0" + field(event, "sequence"));
        if (sequence > SEEN.getOrDefault(agent, 0L)) { // what is not newer was here before
            System.out.println(field(event, "event") + " " + field(event, "agent_name") + " " + sequence);
            SEEN.put(agent, sequence);
        }
    }

    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(json);
        return found.find() ? found.group(1) : "";
    }
}
