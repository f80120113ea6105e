package org.tradesuite.reporting.audit.verifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an export against its manifest and the signer's public key: every event hashes to what it says, follows the
 * one before it without a gap, and the last of each chain is the one that was signed. Reports the first position that
 * is wrong.
 */
public final class Verifier {

    private static final String FORM = "tradesuite-journal-1";

    private Verifier() {}

    private record Signed(String chain, long firstSeq, long lastSeq, String lastHash) {}

    private record Manifest(
            String businessDate, String file, long bytes, String sha256, List<Signed> chains, String signature) {

        static Manifest of(String text) {
            Map<String, Object> fields = Json.object(text);
            if (!FORM.equals(Event.text(fields, "form"))) {
                throw new IllegalArgumentException("the form is not " + FORM);
            }
            List<Signed> chains = new ArrayList<>();
            if (!(fields.get("chains") instanceof List<?> list)) {
                throw new IllegalArgumentException("the list chains is missing");
            }
            for (Object entry : list) {
                if (!(entry instanceof Map<?, ?> map)) {
                    throw new IllegalArgumentException("a chain is not an object");
                }
                Map<String, Object> chain = new HashMap<>();
                map.forEach((name, value) -> chain.put(String.valueOf(name), value));
                chains.add(new Signed(
                        Event.text(chain, "chain"),
                        Event.number(chain, "firstSeq"),
                        Event.number(chain, "lastSeq"),
                        Event.digest(chain, "lastHash")));
            }
            return new Manifest(
                    Event.text(fields, "businessDate"),
                    Event.text(fields, "file"),
                    Event.number(fields, "bytes"),
                    Event.digest(fields, "sha256"),
                    chains,
                    Event.text(fields, "signature"));
        }

        byte[] statement() {
            StringBuilder statement = new StringBuilder();
            statement.append(FORM).append('\n').append(businessDate).append('\n');
            statement.append(sha256).append(' ').append(bytes).append('\n');
            for (Signed end : chains) {
                statement
                        .append(String.join(
                                " ",
                                end.chain(),
                                Long.toString(end.firstSeq()),
                                Long.toString(end.lastSeq()),
                                end.lastHash()))
                        .append('\n');
            }
            return statement.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Command line: manifest, file with the public key. Exit code 0 when all is well, 1 when something is broken, 2 when
     * it could not be checked.
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: Verifier <manifest> <file with the signer's public key>");
            System.exit(2);
        }
        try {
            Finding finding = verify(
                    Path.of(arguments[0]),
                    Files.readString(Path.of(arguments[1])).strip());
            System.out.println(finding);
            System.exit(finding.ok() ? 0 : 1);
        } catch (IOException e) {
            System.err.println("cannot be read: " + e);
            System.exit(2);
        }
    }

    /**
     * Verifies an export.
     *
     * @param manifestFile the manifest; the file it names lies beside it
     * @param publicKey the signer's key, Base64 of its X.509 form, from where the writer cannot change it: a key taken
     *     from the manifest itself would prove nothing
     * @throws IOException if a file cannot be read
     */
    public static Finding verify(Path manifestFile, String publicKey) throws IOException {
        Manifest manifest;
        try {
            manifest = Manifest.of(Files.readString(manifestFile));
        } catch (IllegalArgumentException e) {
            return broken(0, "the manifest: " + e.getMessage());
        }
        Path file = manifestFile.resolveSibling(manifest.file());
        if (manifest.file().contains("/") || manifest.file().contains("\\") || !Files.exists(file)) {
            return broken(0, "the file " + manifest.file() + " is not beside its manifest");
        }
        if (!signatureHolds(manifest, publicKey)) {
            return broken(0, "the manifest is not signed with this key");
        }
        Finding events = events(file, manifest);
        if (!events.ok()) {
            return events;
        }
        if (Files.size(file) != manifest.bytes() || !sha256(file).equals(manifest.sha256())) {
            return broken(events.events(), "the file is not the one that was signed, though its events are");
        }
        return events;
    }

    private static Finding events(Path file, Manifest manifest) throws IOException {
        Map<String, Signed> ends = new HashMap<>();
        manifest.chains().forEach(end -> ends.put(end.chain(), end));
        Map<String, Event> last = new HashMap<>();
        long line = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                String problem = problem(text, ends, last);
                if (problem != null) {
                    return broken(line - 1, "line " + line + ": " + problem);
                }
            }
        }
        for (Signed end : manifest.chains()) {
            Event event = last.get(end.chain());
            long reached = event == null ? end.firstSeq() - 1 : event.seq();
            if (reached != end.lastSeq()) {
                return broken(
                        line,
                        "chain " + end.chain() + " ends at " + reached + ", but " + end.lastSeq()
                                + " was signed: the tail is missing from event " + (reached + 1));
            }
            if (event != null && !event.hash().equals(end.lastHash())) {
                return broken(
                        line,
                        "chain " + end.chain() + ", event " + end.lastSeq()
                                + " has another hash than the one that was signed: the chain was rewritten");
            }
        }
        return new Finding(line, null);
    }

    private static @Nullable String problem(String text, Map<String, Signed> ends, Map<String, Event> last) {
        Event event;
        try {
            event = Event.of(text);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        String where = "chain " + event.chain() + ", event " + event.seq() + ": ";
        Signed end = ends.get(event.chain());
        if (end == null) {
            return where + "no such chain was signed";
        }
        Event before = last.put(event.chain(), event);
        long due = before == null ? end.firstSeq() : before.seq() + 1;
        if (event.seq() != due) {
            return where + "event " + due + " was due";
        }
        if (event.seq() > end.lastSeq()) {
            return where + "only " + end.lastSeq() + " events were signed";
        }
        if (before != null && !event.prevHash().equals(before.hash())) {
            return where + "it does not follow from the event before it";
        }
        if (before == null && due == 1 && !event.prevHash().equals("0".repeat(64))) {
            return where + "the first event of a chain follows from nothing";
        }
        if (!HexFormat.of().formatHex(digest(event.canonical())).equals(event.hash())) {
            return where + "its contents were changed: they do not have its hash";
        }
        return null;
    }

    private static boolean signatureHolds(Manifest manifest, String publicKey) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey))));
            signature.update(manifest.statement());
            return signature.verify(Base64.getDecoder().decode(manifest.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = messageDigest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] digest(byte[] bytes) {
        return messageDigest().digest(bytes);
    }

    private static MessageDigest messageDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Finding broken(long events, String where) {
        return new Finding(events, where);
    }
}
