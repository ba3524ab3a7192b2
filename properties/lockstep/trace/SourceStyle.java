package lockstep.trace;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What the project's style forbids, found in the parsed source of one file. */
final class SourceStyle extends TreeScanner<Void, Void> {

  static final int FILE_LINES_BELOW = 500;
  static final int METHOD_LINES_BELOW = 40;

  private static final Set<String> EMPTY_WORDS =
      Set.of("Util", "Utils", "Helper", "Helpers", "Manager", "Impl", "Common");

  private static final Set<String> DISABLED = Set.of("Disabled", "Ignore");
  private static final Set<String> CITING = Set.of("Implements", "Decides", "Verifies");

  /** Spelled so that this file does not hold them. */
  private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private final String file;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final List<String> faults = new ArrayList<>();

  private SourceStyle(String file, CompilationUnitTree unit, SourcePositions positions) {
    this.file = file;
    this.unit = unit;
    this.positions = positions;
  }

  /** The faults of the files, given as name and text, each as {@code file:line: what}. */
  static List<String> faults(Map<String, String> files) throws IOException {
    List<Source> sources = new ArrayList<>();
    files.forEach((name, text) -> sources.add(new Source(name, text)));
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, sources);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<String> faults = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      String name = unit.getSourceFile().toUri().getPath().substring(1);
      SourceStyle style = new SourceStyle(name, unit, positions);
      style.lines(unit.getSourceFile().getCharContent(true).toString().lines().toList());
      style.packageName();
      style.scan(unit, null);
      faults.addAll(style.faults);
    }
    return faults;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private void lines(List<String> lines) {
    if (lines.size() >= FILE_LINES_BELOW) {
      fault(lines.size(), "the file has " + lines.size() + " lines");
    }
    for (int i = 0; i < lines.size(); i++) {
      if (LEFT_OVER.matcher(lines.get(i)).find()) {
        fault(i + 1, "work is left over");
      }
    }
  }

  private void packageName() {
    String name = String.valueOf(unit.getPackageName());
    for (String part : name.split("\\.", -1)) {
      if (!part.isEmpty() && EMPTY_WORDS.contains(capitalised(part))) {
        fault(1, "the package name " + name + " says nothing");
      }
    }
  }

  @Override
  public Void visitClass(ClassTree type, Void unused) {
    String name = type.getSimpleName().toString();
    if (Arrays.stream(name.split("(?=[A-Z])")).anyMatch(EMPTY_WORDS::contains)) {
      fault(lineOfStart(type), "the name " + name + " says nothing");
    }
    return super.visitClass(type, null);
  }

  @Override
  public Void visitMethod(MethodTree method, Void unused) {
    int start = lineOfStart(method);
    int lines = lineAt(positions.getEndPosition(unit, method)) - start + 1;
    if (lines >= METHOD_LINES_BELOW) {
      fault(start, "the method " + method.getName() + " has " + lines + " lines");
    }
    return super.visitMethod(method, null);
  }

  @Override
  public Void visitAnnotation(AnnotationTree annotation, Void unused) {
    String qualified = annotation.getAnnotationType().toString();
    String name = qualified.substring(qualified.lastIndexOf('.') + 1);
    if (DISABLED.contains(name)) {
      fault(lineOfStart(annotation), "a test is disabled");
    }
    if (CITING.contains(name) && annotation.toString().contains("~1\"")) {
      fault(lineOfStart(annotation), "a clause's first revision needs no number");
    }
    return super.visitAnnotation(annotation, null);
  }

  private int lineOfStart(Tree tree) {
    return lineAt(positions.getStartPosition(unit, tree));
  }

  private int lineAt(long position) {
    return position < 0 ? 1 : (int) unit.getLineMap().getLineNumber(position);
  }

  private void fault(int line, String what) {
    faults.add(file + ":" + line + ": " + what);
  }

  private static String capitalised(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
