package org.tradesuite.suite.torture;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The class path with every folder in it packed into a jar: what a JVM keeps of a start for the next one is of jars. */
final class Jars {

    private Jars() {}

    /** @param folder for the jars */
    static String packed(String classPath, Path folder) throws IOException {
        var packed = new ArrayList<String>();
        for (var entry : classPath.split(File.pathSeparator, -1)) {
            var place = Path.of(entry);
            if (Files.isDirectory(place)) {
                var jar = folder.resolve(packed.size() + ".jar");
                pack(place, jar);
                packed.add(jar.toString());
            } else {
                packed.add(entry);
            }
        }
        return String.join(File.pathSeparator, packed);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (var file : files.sorted().toList()) {
                if (file.equals(classes)) continue;
                var name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                // Spring finds packages by their folders.
                var isFolder = Files.isDirectory(file);
                out.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
                if (!isFolder) Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
