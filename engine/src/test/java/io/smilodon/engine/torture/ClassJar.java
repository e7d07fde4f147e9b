package io.smilodon.engine.torture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The folders of the class path as one jar, made once: Java starts faster from it, and keeps an
 * archive only of classes that come from jars. Pure functions.
 */
final class ClassJar {

    private ClassJar() {}

    private static final class Made {

        static final String CLASS_PATH = made();

        private static String made() {
            try {
                Path folder = Files.createTempDirectory("torture-classes");
                folder.toFile().deleteOnExit();
                Path jar = folder.resolve("classes.jar");
                jar.toFile().deleteOnExit();
                List<String> path = new ArrayList<>(List.of(jar.toString()));
                Set<String> names = new HashSet<>();
                try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
                    for (String entry : ownClassPath().split(File.pathSeparator)) {
                        if (Files.isDirectory(Path.of(entry))) {
                            add(Path.of(entry), zip, names);
                        } else {
                            path.add(entry);
                        }
                    }
                }
                return String.join(File.pathSeparator, path);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void add(Path folder, ZipOutputStream zip, Set<String> names)
                throws IOException {
            List<Path> files;
            try (Stream<Path> found = Files.walk(folder)) {
                files = found.filter(file -> file.toString().endsWith(".class")).sorted().toList();
            }
            for (Path file : files) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (names.add(name)) {
                    add(name, Files.readAllBytes(file), zip);
                }
            }
        }

        private static void add(String name, byte[] bytes, ZipOutputStream zip) throws IOException {
            ZipEntry entry = new ZipEntry(name);
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(checksum.getValue());
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
        }

        /** A mutant's loader supplies the folder of its classes. */
        private static String ownClassPath() {
            String path = System.getProperty("java.class.path");
            return ClassJar.class.getClassLoader() instanceof Supplier<?> mutant
                    ? mutant.get() + File.pathSeparator + path
                    : path;
        }
    }

    /** The class path of this process, of jars only. */
    static String classPath() {
        return Made.CLASS_PATH;
    }
}
