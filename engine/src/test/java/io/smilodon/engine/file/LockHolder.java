package io.smilodon.engine.file;

import java.io.IOException;
import java.nio.file.Path;

/** The program of a second process: takes a directory and keeps it until its input ends. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (StorageDirectory directory = FileDirectory.open(Path.of(arguments[0]));
                DirectoryLock lock = directory.lock()) {
            System.out.println("held " + (lock != null));
            System.out.println(System.in.read());
        }
    }
}
