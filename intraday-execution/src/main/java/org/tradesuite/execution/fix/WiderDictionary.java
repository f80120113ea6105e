package org.tradesuite.execution.fix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary of a version of FIX, less its lists of reasons. Brokers give reasons of newer versions: a reject with
 * 103=11 or a cancel with 378=7 over FIX 4.2. Held against the list of 4.2 the whole report would be refused, and the order
 * would look alive. We pass reasons on to a person and decide nothing by them; what we decide by stays listed.
 */
final class WiderDictionary {
    /** CxlRejReason, OrdRejReason, ExecRestatementReason, BusinessRejectReason, LastCapacity, LastLiquidityInd. */
    private static final Pattern REASONS = Pattern.compile(
            "(<field number=[\"'](?:102|103|378|380|29|851)[\"'][^>]*[^/>])>.*?</field>", Pattern.DOTALL);

    private WiderDictionary() {}

    /**
     * Where QuickFIX/J finds it.
     *
     * @param dictionary the standard's, such as FIX42.xml
     */
    static String of(String dictionary, Path folder) {
        try (@Nullable InputStream in = WiderDictionary.class.getResourceAsStream("/" + dictionary)) {
            if (in == null) {
                throw new IllegalStateException("there is no dictionary " + dictionary + " on the class path");
            }
            String standard = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Files.createDirectories(folder);
            Path file = folder.resolve(dictionary);
            Files.writeString(file, REASONS.matcher(standard).replaceAll("$1/>"));
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("the dictionary " + dictionary + " cannot be written to " + folder, e);
        }
    }
}
