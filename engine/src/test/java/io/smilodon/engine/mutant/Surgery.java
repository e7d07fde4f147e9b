package io.smilodon.engine.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A change of one class file. Each fails if it does not find what it is to change, so that a mutant
 * cannot come to be a healthy engine unnoticed. Immutable.
 *
 * @param type the class, below {@code io.smilodon.engine}, as {@code log.LogReader}, or wholly
 * @param method the methods, by the beginning of their names
 * @param edit changes one method; says whether it did
 */
public record Surgery(String type, String method, Predicate<MethodNode> edit) {

    /** The calls of a method are left out; where they have a result it is 0, false or null. */
    public static Surgery withoutCalls(String type, String method, String owner, String called) {
        return new Surgery(type, method, node -> replaceCalls(node, owner, called, false));
    }

    /** The calls of a method are left out; their result is 1 or true. */
    public static Surgery withTrueCalls(String type, String method, String owner, String called) {
        return new Surgery(type, method, node -> replaceCalls(node, owner, called, true));
    }

    /** The calls of a method are left out; each gives what it was called on. */
    public static Surgery passingOn(String type, String method, String owner, String called) {
        return new Surgery(type, method, node -> passOn(node, owner, called));
    }

    /** The method does nothing. */
    public static Surgery withoutBody(String type, String method) {
        return new Surgery(type, method, node -> setBody(node, new InsnList()));
    }

    /** The method returns an empty Optional. */
    public static Surgery returningEmpty(String type, String method) {
        return new Surgery(type, method, node -> setBody(node, emptyOptional()));
    }

    /** The method returns true. */
    public static Surgery returningTrue(String type, String method) {
        return new Surgery(type, method, node -> setBody(node, one()));
    }

    /** A conditional jump never happens. */
    public static Surgery withoutJump(String type, String method, int opcode, int which) {
        return new Surgery(type, method, node -> dropJump(node, opcode, which, false));
    }

    /** A conditional jump always happens. */
    public static Surgery withJump(String type, String method, int opcode, int which) {
        return new Surgery(type, method, node -> dropJump(node, opcode, which, true));
    }

    /** A short write is taken for a whole one. */
    public static Surgery writingOnce() {
        return new Surgery("file.StorageFile", "writeFully", Surgery::writeOnce);
    }

    /** The whole name of the class. */
    String className() {
        return type.startsWith("io.") ? type : "io.smilodon.engine." + type;
    }

    void apply(ClassNode node) {
        boolean isChanged = false;
        for (MethodNode candidate : node.methods) {
            if (candidate.name.startsWith(method)) {
                isChanged |= edit.test(candidate);
            }
        }
        if (!isChanged) {
            throw new ClassFormatError("nothing to change in " + type + '.' + method);
        }
    }

    private static boolean replaceCalls(
            MethodNode node, String owner, String called, boolean isTrue) {
        boolean isChanged = false;
        for (AbstractInsnNode instruction : node.instructions.toArray()) {
            if (instruction instanceof MethodInsnNode call
                    && call.owner.endsWith('/' + owner)
                    && call.name.equals(called)) {
                node.instructions.insertBefore(call, withoutCall(call, isTrue));
                node.instructions.remove(call);
                isChanged = true;
            }
        }
        return isChanged;
    }

    private static InsnList withoutCall(MethodInsnNode call, boolean isTrue) {
        InsnList list = withoutArguments(call);
        if (call.getOpcode() != Opcodes.INVOKESTATIC) {
            list.add(new InsnNode(Opcodes.POP));
        }
        list.add(constant(Type.getReturnType(call.desc), isTrue));
        return list;
    }

    private static boolean passOn(MethodNode node, String owner, String called) {
        boolean isChanged = false;
        for (AbstractInsnNode instruction : node.instructions.toArray()) {
            if (instruction instanceof MethodInsnNode call
                    && call.owner.endsWith('/' + owner)
                    && call.name.equals(called)) {
                node.instructions.insertBefore(call, withoutArguments(call));
                node.instructions.remove(call);
                isChanged = true;
            }
        }
        return isChanged;
    }

    private static InsnList withoutArguments(MethodInsnNode call) {
        InsnList list = new InsnList();
        Type[] arguments = Type.getArgumentTypes(call.desc);
        for (int index = arguments.length - 1; index >= 0; index--) {
            list.add(new InsnNode(arguments[index].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
        }
        return list;
    }

    private static InsnList constant(Type type, boolean isTrue) {
        InsnList list = new InsnList();
        switch (type.getSort()) {
            case Type.VOID -> {}
            case Type.LONG -> list.add(new InsnNode(Opcodes.LCONST_0));
            case Type.OBJECT, Type.ARRAY -> list.add(new InsnNode(Opcodes.ACONST_NULL));
            default -> list.add(new InsnNode(isTrue ? Opcodes.ICONST_1 : Opcodes.ICONST_0));
        }
        return list;
    }

    private static boolean setBody(MethodNode node, InsnList value) {
        Type result = Type.getReturnType(node.desc);
        InsnList body = value.size() > 0 ? value : constant(result, false);
        body.add(new InsnNode(result.getOpcode(Opcodes.IRETURN)));
        node.instructions.clear();
        node.tryCatchBlocks.clear();
        node.localVariables = new ArrayList<>();
        node.instructions.add(body);
        return true;
    }

    private static InsnList emptyOptional() {
        InsnList list = new InsnList();
        list.add(
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        "java/util/Optional",
                        "empty",
                        "()Ljava/util/Optional;"));
        return list;
    }

    private static InsnList one() {
        InsnList list = new InsnList();
        list.add(new InsnNode(Opcodes.ICONST_1));
        return list;
    }

    private static boolean dropJump(MethodNode node, int opcode, int which, boolean isTaken) {
        List<JumpInsnNode> jumps = new ArrayList<>();
        for (AbstractInsnNode instruction : node.instructions.toArray()) {
            if (instruction instanceof JumpInsnNode jump && jump.getOpcode() == opcode) {
                jumps.add(jump);
            }
        }
        if (which >= jumps.size()) {
            return false;
        }
        JumpInsnNode jump = jumps.get(which);
        boolean comparesTwo = opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ACMPNE;
        InsnNode pop = new InsnNode(comparesTwo ? Opcodes.POP2 : Opcodes.POP);
        node.instructions.insertBefore(jump, pop);
        if (isTaken) { // always, but still conditional, so that the frames stay as they are
            node.instructions.insertBefore(jump, new InsnNode(Opcodes.ICONST_0));
            node.instructions.insertBefore(jump, new JumpInsnNode(Opcodes.IFEQ, jump.label));
        }
        node.instructions.remove(jump);
        return true;
    }

    private static boolean writeOnce(MethodNode node) {
        InsnList body = new InsnList();
        body.add(new VarInsnNode(Opcodes.ALOAD, 0));
        body.add(new VarInsnNode(Opcodes.ALOAD, 1));
        body.add(new VarInsnNode(Opcodes.LLOAD, 2));
        body.add(
                new MethodInsnNode(
                        Opcodes.INVOKEINTERFACE,
                        "io/smilodon/engine/file/StorageFile",
                        "write",
                        "(Ljava/nio/ByteBuffer;J)I"));
        body.add(new InsnNode(Opcodes.POP));
        return setBody(node, body);
    }
}
