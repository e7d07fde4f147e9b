package io.smilodon.engine.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/** The classes of a mutant. Immutable. */
record MutantClasses(Mutant mutant) {

    /** A class as the mutant has it, changed or not. */
    byte[] bytes(String name) throws IOException {
        String resource = name.replace('.', '/') + ".class";
        ClassLoader loader = MutantClasses.class.getClassLoader();
        try (InputStream stream = loader.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new NoSuchFileException(resource);
            }
            byte[] bytes = stream.readAllBytes();
            for (Surgery surgery : mutant.surgeries()) {
                if (name.equals(surgery.className())) {
                    bytes = changed(bytes, surgery);
                }
            }
            return bytes;
        }
    }

    private static byte[] changed(byte[] bytes, Surgery surgery) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        surgery.apply(node);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    /** Writes the changed classes to a folder that is to stand first on a class path. */
    void writeTo(Path folder) throws IOException {
        for (Surgery surgery : mutant.surgeries()) {
            Path file = folder.resolve(surgery.className().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, bytes(surgery.className()));
        }
    }
}
