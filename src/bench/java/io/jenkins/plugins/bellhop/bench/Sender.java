package io.jenkins.plugins.bellhop.bench;

import io.jenkins.plugins.bellhop.delivery.Delivery;
import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Hmac;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.delivery.TooLarge;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.delivery.Verifier;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A forge's end of one kept-alive connection. Written on a bare socket, so that the client costs little beside the server. */
final class Sender implements AutoCloseable {

    static final Secret SECRET = Secret.of("a secret of the benchmarks");

    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;

    Sender(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static String signature(byte[] body) {
        return "sha256=" + HexFormat.of().formatHex(Hmac.sha256(SECRET, body));
    }

    /** As a delivery looks behind the receiver. */
    static VerifiedDelivery verified(SignatureScheme scheme, String hook, String event, String id, byte[] body) {
        try {
            Headers headers = Headers.of(Map.of(
                    "Content-Type",
                    List.of("application/json"),
                    scheme.eventHeader(),
                    List.of(event),
                    scheme.deliveryIdHeader(),
                    List.of(id),
                    scheme.signatureHeader(),
                    List.of(signature(body))));
            return new Verifier(scheme)
                    .verify(new Delivery(hook, headers, body), List.of(SECRET))
                    .match(delivery -> delivery, refusal -> {
                        throw new IllegalStateException(refusal.sentence());
                    });
        } catch (TooLarge e) {
            throw new IllegalStateException(e);
        }
    }

    /** Posts a push of GitHub's and answers the status. */
    int post(String path, String id, String signature, byte[] body) throws IOException {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "X-GitHub-Event: push\r\nX-GitHub-Delivery: " + id + "\r\nX-Hub-Signature-256: " + signature
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        socket.getOutputStream().write(request);
        return status();
    }

    private int status() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        long length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Long.parseLong(header.substring(LENGTH.length()).trim());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int character = in.read(); character != '\n'; character = in.read()) {
            if (character < 0) {
                throw new EOFException("expected an answer, found the end of the connection");
            }
            if (character != '\r') {
                line.append((char) character);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
