package io.smilodon.samples.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The source files of the running JDK, where it brings them along as {@code lib/src.zip}. Remembers
 * the last file read: nested classes follow their outer one. Not thread-safe.
 */
final class JdkSources implements AutoCloseable {

    private final Optional<ZipFile> archive;
    private String lastPath = "";
    private Map<String, String> lastComments = Map.of();

    private JdkSources(Optional<ZipFile> archive) {
        this.archive = archive;
    }

    static JdkSources open() {
        Path path = Path.of(System.getProperty("java.home"), "lib", "src.zip");
        try {
            return new JdkSources(
                    Files.isRegularFile(path)
                            ? Optional.of(new ZipFile(path.toFile()))
                            : Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the class's documentation comment says, if the source is there and has one. */
    Optional<SourceComment> comment(Class<?> type) {
        String outermost = type.getName().split("\\$", 2)[0];
        String path = type.getModule().getName() + "/" + outermost.replace('.', '/') + ".java";
        if (!path.equals(lastPath)) {
            lastComments = read(path).map(SourceScanner::comments).orElse(Map.of());
            lastPath = path;
        }
        String name = type.getName().substring(type.getPackageName().length() + 1);
        return Optional.ofNullable(lastComments.get(name)).map(SourceComment::parse);
    }

    private Optional<String> read(String path) {
        if (archive.isEmpty()) {
            return Optional.empty();
        }
        ZipEntry entry = archive.get().getEntry(path);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = archive.get().getInputStream(entry)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (archive.isPresent()) {
            try {
                archive.get().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
