package io.smilodon.engine.file;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A directory of the file system. Where the system knows owners, the directory is made with mode
 * 0700 and its files with 0600. Thread-safe.
 */
public final class FileDirectory implements StorageDirectory {

    static final String FILE_PERMISSIONS = "rw-------";

    private final Path path;
    private final FileAttribute<?>[] fileAttributes;

    private FileDirectory(Path path) {
        this.path = path;
        this.fileAttributes = attributes(path, FILE_PERMISSIONS);
    }

    /**
     * Opens a directory, creating it and its parents where they are missing.
     *
     * @throws SmilodonException {@code BadValue} if everybody may write to it: whoever can replace
     *     files owns the data
     */
    public static FileDirectory open(Path path) throws IOException {
        createMissing(path.toAbsolutePath().normalize());
        Path real = path.toRealPath();
        refuseWritableByAll(real);
        return new FileDirectory(real);
    }

    private static void refuseWritableByAll(Path directory) throws IOException {
        if (isPosix(directory)
                && Files.getPosixFilePermissions(directory)
                        .contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The data directory can be written by every user of this machine",
                            Map.of("directory", directory))
                    .withHint("chmod o-w " + directory);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Opens a directory that is there.
     *
     * @throws java.nio.file.NotDirectoryException if there is none
     */
    public static FileDirectory openExisting(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new NotDirectoryException(path.toString());
        }
        return new FileDirectory(path.toRealPath());
    }

    /** Creates a directory after its parents; each entry is durable in its own parent. */
    static void createMissing(Path absolute) throws IOException {
        if (Files.isDirectory(absolute)) {
            syncEntry(absolute.toRealPath());
        } else {
            Path parent = absolute.getParent();
            createMissing(parent);
            Files.createDirectories(absolute, attributes(absolute, "rwx------"));
            syncDirectory(parent);
        }
    }

    /** Whoever made the directory may have been killed before its entry was durable. */
    private static void syncEntry(Path real) throws IOException {
        Path parent = real.getParent();
        if (parent == null || isMounted(real, parent)) {
            return;
        }
        try {
            syncDirectory(parent);
            Failpoint.pass("directory.entrySynced");
        } catch (AccessDeniedException unreadable) {
            return; // whoever may not even look into it has made nothing there
        }
    }

    /** The entry of a file system of its own is not on a disk. */
    private static boolean isMounted(Path real, Path parent) throws IOException {
        return isPosix(real)
                && !Files.getAttribute(real, "unix:dev")
                        .equals(Files.getAttribute(parent, "unix:dev"));
    }

    static FileAttribute<?>[] attributes(Path path, String permissions) {
        if (!isPosix(path)) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    @Override
    public List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    names.add(entry.getFileName().toString());
                }
            }
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public StorageFile create(String name) throws IOException {
        Path created = Files.createFile(resolve(name), fileAttributes);
        return new ChannelFile(new RandomAccessFile(created.toFile(), "rw"));
    }

    @Override
    public StorageFile open(String name) throws IOException {
        return new ReopeningFile(resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Failpoint.hit("directory.beforeRename");
        Files.move(
                resolve(from),
                resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Failpoint.pass("directory.renamed");
    }

    @Override
    public void delete(String name) throws IOException {
        Failpoint.hit("directory.beforeDelete");
        Files.delete(resolve(name));
        Failpoint.pass("directory.deleted");
    }

    @Override
    public boolean link(String name, StorageDirectory target) throws IOException {
        if (!(target instanceof FileDirectory other)) {
            return false;
        }
        try {
            Files.createLink(other.resolve(name), resolve(name));
            return true;
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (FileSystemException | UnsupportedOperationException elsewhere) {
            return false; // another file system, or one without links
        }
    }

    @Override
    public long usableBytes() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    @Override
    public Optional<DiskSpace> diskSpace() {
        try {
            FileStore files = Files.getFileStore(path);
            long total = files.getTotalSpace();
            return Optional.of(new DiskSpace(total - files.getUsableSpace(), total));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public void sync() throws IOException {
        Failpoint.hit("directory.beforeSync");
        syncDirectory(path);
        Failpoint.pass("directory.synced");
    }

    static void syncDirectory(Path directory) throws IOException {
        if (!isPosix(directory)) {
            return; // Windows cannot open a directory; it journals the entries itself.
        }
        try (FileChannel channel =
                FileChannel.open(directory, EnumSet.of(StandardOpenOption.READ))) {
            channel.force(true);
        }
    }

    @Override
    public DirectoryLock lock() throws IOException {
        return FileDirectoryLock.take(path, fileAttributes);
    }

    @Override
    public String description() {
        return path.toString();
    }

    @Override
    public void close() {}

    private Path resolve(String name) {
        Path resolved = path.resolve(name);
        if (!path.equals(resolved.getParent())) {
            throw new AssertionError("not a plain file name: " + name);
        }
        return resolved;
    }
}
