package lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lockstep.spec.ByConstruction;
import lockstep.spec.Verifies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File names are bytes: they come back as they were, whatever the shell's locale says. */
class LocaleProperties {

  @TempDir Path directory;

  @Test
  @ByConstruction("runs the product in processes of its own, which the recorder does not see")
  @Verifies({"CLI-8", "MAN-6", "MAN-7"})
  void namesOutsideAsciiAndOutsideUtf8ComeBack() throws Exception {
    Sandbox user = new Sandbox(directory.toRealPath());
    shell(
        "cd '"
            + user.source
            + "' && printf a > \"$(printf 'caf\\303\\251')\" && printf b > \"$(printf"
            + " 'latin-\\351-and-\\377')\" && printf c > '大輔 🎉' && mkdir \"$(printf 'dir-\\200')\""
            + " && printf d > \"$(printf 'dir-\\200')/Ωmega\" && printf e > \"$(printf 'line\\n"
            + "feed')\" && ln -s \"$(printf 'latin-\\351-and-\\377')\" \"$(printf 'link-\\376')\"");
    String[] locales = {"C", "C.UTF-8", "POSIX"};
    assertThat(run(user, locales[0], "first", user.enabling())).isZero();
    assertThat(run(user, locales[1], "first", "backup", user.source.toString())).isZero();
    assertThat(
            run(user, locales[2], "second", user.restoring("target", "password", Sandbox.PASSWORD)))
        .isZero();
    shell("diff -r --no-dereference '" + user.source + "' '" + user.path("target") + "'");
    shell("cd '" + user.path("target") + "' && test -f \"$(printf 'latin-\\351-and-\\377')\"");
  }

  private static int run(Sandbox user, String locale, String home, String... arguments)
      throws Exception {
    return new ForkedCommand(user.home(home), arguments).inLocale(locale).run();
  }

  private static void shell(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).inheritIO().start();
    assertThat(process.waitFor()).as(script).isZero();
  }
}
