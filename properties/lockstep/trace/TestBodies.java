package lockstep.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Tells a test whose own body names no code of the project, such as one that only asserts true.
 * What ran for it was run by its set-up or by what made its arguments, so it witnesses nothing.
 */
final class TestBodies {

  private static final String PROJECT = "lockstep/";

  private TestBodies() {}

  /** Whether a method of this name, the class's own or an inherited one, has such a body. */
  static boolean isHollow(Class<?> type, String method) {
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      if (Arrays.stream(at.getDeclaredMethods()).anyMatch(m -> m.getName().equals(method))) {
        return !namesCode(at, method);
      }
    }
    return false;
  }

  /** Follows the body's lambdas, which the compiler made methods of the same class. */
  private static boolean namesCode(Class<?> type, String method) {
    Set<String> bodies = new HashSet<>(Set.of(method));
    while (true) {
      Scan scan = new Scan(type.getName().replace('.', '/'), bodies);
      reader(type).accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      if (scan.found || !bodies.addAll(scan.lambdas)) {
        return scan.found;
      }
    }
  }

  private static ClassReader reader(Class<?> type) {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no class file of " + type.getName());
      }
      return new ClassReader(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Scan extends ClassVisitor {
    private final String owner;
    private final Set<String> bodies;
    private final Set<String> lambdas = new HashSet<>();
    private boolean found;

    Scan(String owner, Set<String> bodies) {
      super(Opcodes.ASM9);
      this.owner = owner;
      this.bodies = bodies;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return bodies.contains(name) ? new Body() : null;
    }

    private void name(String type) {
      found |= type.startsWith(PROJECT);
    }

    private final class Body extends MethodVisitor {

      Body() {
        super(Opcodes.ASM9);
      }

      @Override
      public void visitFieldInsn(int opcode, String type, String name, String descriptor) {
        name(type);
      }

      @Override
      public void visitMethodInsn(
          int opcode, String type, String name, String descriptor, boolean isInterface) {
        name(type);
      }

      @Override
      public void visitTypeInsn(int opcode, String type) {
        name(type);
      }

      @Override
      public void visitLdcInsn(Object value) {
        if (value instanceof Type type && type.getSort() == Type.OBJECT) {
          name(type.getInternalName());
        }
      }

      @Override
      public void visitInvokeDynamicInsn(
          String name, String descriptor, Handle bootstrap, Object... arguments) {
        for (Object argument : arguments) {
          if (argument instanceof Handle handle) {
            if (handle.getOwner().equals(owner) && handle.getName().startsWith("lambda$")) {
              lambdas.add(handle.getName());
            } else {
              name(handle.getOwner());
            }
          }
        }
      }
    }
  }
}
