package lockstep.trace;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import lockstep.evidence.TestsFolder;

/**
 * The agent that lets this process swap its own classes. The JVM takes it only where it was started
 * with {@code -Djdk.attach.allowAttachSelf=true}.
 */
public final class ClassSwaps {

  private static volatile Instrumentation granted;

  private ClassSwaps() {}

  /** Called by the JVM once the agent is in it. */
  public static void agentmain(String none, Instrumentation instrumentation) {
    granted = instrumentation;
  }

  /** What swaps classes here; nothing where the JVM does not let its own process do that. */
  static synchronized Optional<Instrumentation> ofThisProcess() throws IOException {
    if (granted == null && Boolean.getBoolean("jdk.attach.allowAttachSelf")) {
      Path agent = Files.createTempFile(TestsFolder.path(), "class-swaps", ".jar");
      try {
        write(agent);
        VirtualMachine self = VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        self.loadAgent(agent.toString());
        self.detach();
      } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
        throw new IOException(e);
      } finally {
        Files.delete(agent);
      }
    }
    return Optional.ofNullable(granted);
  }

  /** A jar that only says which class of the class path is the agent. */
  private static void write(Path agent) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", ClassSwaps.class.getName());
    attributes.putValue("Can-Redefine-Classes", "true");
    try (OutputStream out = Files.newOutputStream(agent)) {
      new JarOutputStream(out, manifest).close();
    }
  }
}
