package org.tradesuite.reporting.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.tradesuite.runsheet.intake.DropFolder;

/**
 * The Ed25519 key that signs exports, kept in a file outside the database: whoever can rewrite every row still cannot
 * sign what they have made of it.
 */
final class SigningKey {

    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** Reads the key, or makes one where there is none; the public half lies beside it with the ending .pub. */
    static SigningKey at(Path file) {
        Path publicFile = file.resolveSibling(file.getFileName() + ".pub");
        try {
            if (!Files.exists(file)) {
                KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
                DropFolder.write(publicFile, encoded(pair.getPublic().getEncoded()));
                DropFolder.write(file, encoded(pair.getPrivate().getEncoded()));
                if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            }
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            return new SigningKey(
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decoded(file))),
                    factory.generatePublic(new X509EncodedKeySpec(decoded(publicFile))));
        } catch (IOException e) {
            throw new UncheckedIOException("the signing key " + file + " cannot be read or made: " + e, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the signing key " + file
                            + " is no Ed25519 key; restore it from its copy, or set reporting.audit.key",
                    e);
        }
    }

    private static byte[] encoded(byte[] key) {
        return (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] decoded(Path file) throws IOException {
        return Base64.getDecoder().decode(Files.readString(file).strip());
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(publicKey.getEncoded());
    }

    String sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs with Ed25519", e);
        }
    }
}
