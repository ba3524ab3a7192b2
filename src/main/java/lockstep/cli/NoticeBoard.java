package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import lockstep.device.notices.Notices;
import lockstep.device.notices.VaultNotice;
import lockstep.device.state.DeviceStateDamaged;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the device has not told its user yet, with the answer of whichever command runs, and
 * takes it off the device when that was printed.
 */
@Implements({"USR-8", "USR-5~2"})
final class NoticeBoard {

  private static final String FIELD = "notices";

  private final Surroundings surroundings;
  private @Nullable SharedOptions device;
  private List<VaultNotice> shown = List.of();

  NoticeBoard(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The command runs on the device that these options name; it ends where they name none. */
  void stand(SharedOptions onDevice) {
    onDevice.home(surroundings);
    device = onDevice;
  }

  /** The answer with what is to be told besides. */
  Answer addTo(Answer answer) {
    SharedOptions shared = device;
    if (shared == null || !Files.isDirectory(shared.home(surroundings))) {
      return answer;
    }
    try (OpenDevice open = OpenDevice.forReading(shared, surroundings)) {
      shown = new Notices(open.device()).untold();
    } catch (DeviceStateDamaged damaged) {
      return answer.withDetail(
          "Warning: the slot notices of the device's state does not open; what it held is not"
              + " told.");
    } catch (IOException unreadable) {
      return answer.withDetail(
          "Warning: the device's home could not be read; what others did is told another time.");
    }
    NoticeLines words = new NoticeLines(surroundings);
    List<String> lines = shown.stream().map(notice -> "Notice: " + notice.match(words)).toList();
    return lines.isEmpty() ? answer : withMore(answer, lines);
  }

  /** The answer stands where the user sees it. */
  void printed() {
    SharedOptions shared = device;
    if (shared == null || shown.isEmpty()) {
      return;
    }
    try (OpenDevice open = OpenDevice.aloneIfFree(shared, surroundings)) {
      if (open.isAlone()) {
        new Notices(open.device()).told(shown);
      }
    } catch (IOException | RuntimeException notNow) {
      // The command is over and has said how: what could not be noted is told once more.
      shown = List.of();
    }
  }

  private static Answer withMore(Answer answer, List<String> lines) {
    List<Object> all = new ArrayList<>();
    if (answer.fields().get(FIELD) instanceof List<?> warnings) {
      all.addAll(warnings);
    }
    all.addAll(lines);
    return answer.withDetails(lines).with(FIELD, all);
  }
}
